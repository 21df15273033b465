import { renderHtml } from './html/render-html';
import { renderJson } from './render-json';
import type { ReportInput } from './report-input';

/** One way to render an experiment for a reader. */
export interface ReportFormat {
  name: 'html' | 'json';
  summary: string;
  extension: string;
  mediaType: string;
  /** Pure: equal input gives equal text. */
  render(input: ReportInput): string;
}

/** Every format this build knows; the first is the default. */
export const reportFormats: ReportFormat[] = [
  {
    name: 'html',
    summary: 'one self-contained page with plots, for people',
    extension: '.html',
    mediaType: 'text/html; charset=utf-8',
    render: ({ evidence, verdict, chunks }) => renderHtml(evidence, verdict, chunks),
  },
  {
    name: 'json',
    summary: 'summary, evidence and every reading, for machines',
    extension: '.json',
    mediaType: 'application/json; charset=utf-8',
    render: ({ evidence, verdict, chunks }) => renderJson(evidence, verdict, chunks),
  },
];
