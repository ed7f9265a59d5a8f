import { describe, expect, it } from '@jest/globals';

import { loadCommands } from '../../lib/cli/commands.ts';
import { run } from '../support/running-home.ts';

/** As help lists them, without `help` and `complete`. */
async function namesInHelp(): Promise<readonly string[]> {
  const { stdout } = await run(['--help']);
  const listed = stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}(?<name>[a-z-]+) /gmu);
  return [...listed]
    .flatMap(({ groups }) => groups?.['name'] ?? [])
    .filter((name) => !/^(?:help|complete)$/u.test(name));
}

describe('the commands', () => {
  it('are loaded alone by the name that they have', async () => {
    const names = await namesInHelp();
    expect(names.length).toBeGreaterThan(25);
    for (const name of names) {
      const [make, ...others] = await loadCommands(name);
      expect(make?.({} as never, () => undefined).name()).toBe(name);
      expect(others).toEqual([]);
    }
  });

  it.each([undefined, '--help', 'complete', 'mtach', '__proto__'])('are all loaded for %s', async (asked) => {
    expect(await loadCommands(asked)).toHaveLength((await namesInHelp()).length);
  });
});
