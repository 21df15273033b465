import type { Survey } from '../../../src/domain/survey';
import { KubernetesFailure } from './kubernetes-failure';

/** The survey, or one that refuses because the cluster could not be read: unknown is not safe. */
export async function surveyOrRefuse(survey: () => Promise<Survey>): Promise<Survey> {
  try {
    return await survey();
  } catch (error) {
    if (!(error instanceof KubernetesFailure)) throw error;
    return { targets: [], total: 0, percent: 0, trafficPercent: 100, refusals: [error.message] };
  }
}
