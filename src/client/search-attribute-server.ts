import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { grpcCode } from './grpc-code';

/** What is asked of a namespace about its search attributes; errors pass through. */
export interface AttributeServer {
  namespace: string;
  /** Whether its lists can be searched by all of these names, which needs no permission beyond reading them. */
  knows(names: string[]): Promise<boolean>;
  /** Registers keywords; Temporal Cloud and many owners of a cluster do not permit it. */
  add(names: string[]): Promise<void>;
}

/** Each question is given up after this long. */
const answerWithinMs = 5_000;
const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** Asks over a connection. */
export function attributeServer(connection: Connection, namespace: string): AttributeServer {
  const soon = <Value>(ask: () => Promise<Value>) => connection.withDeadline(Date.now() + answerWithinMs, ask);
  return {
    namespace,
    async knows(names) {
      const query = names.map((name) => `${name} = 'anything'`).join(' OR ');
      try {
        await soon(() => connection.workflowService.countWorkflowExecutions({ namespace, query }));
        return true;
      } catch (error) {
        if (grpcCode(error) === 'INVALID_ARGUMENT') return false;
        throw error;
      }
    },
    async add(names) {
      const searchAttributes = Object.fromEntries(names.map((name) => [name, keyword]));
      await soon(() => connection.operatorService.addSearchAttributes({ namespace, searchAttributes }));
    },
  };
}
