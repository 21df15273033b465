import type { ControlActivities, InjectActivities, WatchActivities } from './contract';
import { controlActivities } from './control';
import { injectActivities } from './inject';
import { watchActivities } from './observe/observe';
import type { Tools } from './tools';

/** All that a workflow may ask for, one set per queue. */
export function createActivities(tools: Tools): {
  control: ControlActivities;
  inject: InjectActivities;
  watch: WatchActivities;
} {
  return { control: controlActivities(tools), inject: injectActivities(tools), watch: watchActivities(tools) };
}
