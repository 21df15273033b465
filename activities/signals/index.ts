import type { SignalProvider } from '../../src/domain/signal-provider';
import { http } from './http';
import { json } from './json';
import { prometheus } from './prometheus';

/** Every signal provider of this build; a new one is one file and one line here. */
export const signalProviders: SignalProvider[] = [http, json, prometheus];
