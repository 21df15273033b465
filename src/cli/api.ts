import type {
  AbortAnswer,
  AuditAnswer,
  EnvironmentAnswer,
  EnvironmentsAnswer,
  ExperimentAnswer,
  ExperimentsAnswer,
  FaultsAnswer,
  HaltAnswer,
  InjectionsAnswer,
  JudgementAnswer,
  ResumeAnswer,
  StartedAnswer,
  SweepAnswer,
} from '../api/answers';
import type { Json } from '../domain/json';
import { askApi } from './ask-api';
import type { ApiAccess } from './world';

/** A scenario as it goes to the API. */
export interface StartRequest {
  text: string;
  file: string;
  variables: Readonly<Record<string, Json>>;
  isRehearsal: boolean;
}

/** The two decisions, with what they are about. */
export interface DecisionRequest {
  planHash: string;
  targetsHash: string;
  reason: string;
}

/** The API over HTTP, one member per path. Errors: `NotReachable`, or `ApiRefusal` in the server's own words. */
export class Api {
  /** Where it is; it moves when another server takes over in this folder. */
  constructor(public access: ApiAccess) {}

  start(request: StartRequest): Promise<StartedAnswer> {
    return this.post('/experiments', { ...request }) as Promise<StartedAnswer>;
  }

  experiments(limit: number): Promise<ExperimentsAnswer> {
    return this.get(`/experiments?limit=${limit}`) as Promise<ExperimentsAnswer>;
  }

  experiment(id: string): Promise<ExperimentAnswer> {
    return this.get(`/experiments/${encodeURIComponent(id)}`) as Promise<ExperimentAnswer>;
  }

  async report(id: string, format: string): Promise<string> {
    return askApi(this.access, { path: `/experiments/${encodeURIComponent(id)}/report?format=${format}` });
  }

  judgement(id: string): Promise<JudgementAnswer> {
    return this.get(`/experiments/${encodeURIComponent(id)}/judgement`) as Promise<JudgementAnswer>;
  }

  decide(id: string, verb: 'approve' | 'reject', request: DecisionRequest): Promise<unknown> {
    return this.post(`/experiments/${encodeURIComponent(id)}/${verb}`, { ...request });
  }

  abort(id: string, reason: string): Promise<AbortAnswer> {
    return this.post(`/experiments/${encodeURIComponent(id)}/abort`, { reason }) as Promise<AbortAnswer>;
  }

  environments(): Promise<EnvironmentsAnswer> {
    return this.get('/environments') as Promise<EnvironmentsAnswer>;
  }

  environment(name: string): Promise<EnvironmentAnswer> {
    return this.get(`/environments/${encodeURIComponent(name)}`) as Promise<EnvironmentAnswer>;
  }

  halt(name: string, reason: string): Promise<HaltAnswer> {
    return this.post(`/environments/${encodeURIComponent(name)}/halt`, { reason }) as Promise<HaltAnswer>;
  }

  resume(name: string, reason: string): Promise<ResumeAnswer> {
    return this.post(`/environments/${encodeURIComponent(name)}/resume`, { reason }) as Promise<ResumeAnswer>;
  }

  injections(): Promise<InjectionsAnswer> {
    return this.get('/injections') as Promise<InjectionsAnswer>;
  }

  release(id: string, reason: string): Promise<unknown> {
    return this.post(`/injections/${encodeURIComponent(id)}/release`, { reason });
  }

  faults(environment: string | undefined): Promise<FaultsAnswer> {
    const query = environment === undefined ? '' : `?environment=${encodeURIComponent(environment)}`;
    return this.get(`/faults${query}`) as Promise<FaultsAnswer>;
  }

  sweep(environment: string | undefined): Promise<SweepAnswer> {
    return this.post('/sweep', environment === undefined ? {} : { environment }) as Promise<SweepAnswer>;
  }

  audit(limit: number): Promise<AuditAnswer> {
    return this.get(`/audit?limit=${limit}`) as Promise<AuditAnswer>;
  }

  private async get(path: string): Promise<unknown> {
    return JSON.parse(await askApi(this.access, { path }));
  }

  private async post(path: string, body: object): Promise<unknown> {
    return JSON.parse(await askApi(this.access, { path, body }));
  }
}
