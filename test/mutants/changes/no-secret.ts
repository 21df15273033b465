import type { Change } from '../mutant';

/** Changes after which promise 9 is not kept. */
export const noSecret: Change[] = [
  {
    name: 'a token that an application repeats is told',
    file: 'activities/faults/sdk/control-client.ts',
    text: "message.replaceAll(token, '[token]')",
    replacement: 'message',
  },
  {
    name: 'an error carries what was sent',
    file: 'activities/faults/sdk/control-client.ts',
    text: "return new ControlFailure(reason, message.replaceAll(token, '[token]'));",
    replacement:
      "return Object.assign(new ControlFailure(reason, message.replaceAll(token, '[token]')), { headers: token });",
  },
  {
    name: 'a secret in plain text is accepted',
    file: 'src/scenario/literal-secrets.ts',
    text: 'if (path.some(isSecretKey) || isSecretAt(path))',
    replacement: 'if (path.length === 0)',
  },
  {
    name: 'a reading quotes the answer',
    file: 'activities/signals/json/read-answer.ts',
    text: 'reason: `answered with status ${answer.status}` };',
    replacement: 'reason: `answered with status ${answer.status}: ${answer.text}` };',
  },
  {
    name: 'tokens of people are kept as they are',
    file: 'src/people/token.ts',
    text: "return createHash('sha256').update(token).digest('hex');",
    replacement: "return createHash('sha256').update('').digest('hex') + token;",
  },
];
