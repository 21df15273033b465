import { ESLint } from 'eslint';

// Jest cannot load ESLint's configuration, which is an ES module, so the snippets are linted by this process: a JSON list
// of { file, code } comes in, a list of the messages of each goes out.
let input = '';
for await (const chunk of process.stdin) input += chunk;

const eslint = new ESLint({ cwd: process.argv[2] });
const answers = [];
for (const { file, code } of JSON.parse(input)) {
  const [result] = await eslint.lintText(code, { filePath: file });
  answers.push(result.messages.map(({ ruleId, message }) => ({ rule: ruleId, message })));
}
process.stdout.write(JSON.stringify(answers));
