export { environment } from './environment';
export { experiment } from './experiment';
export { injection } from './injection';
