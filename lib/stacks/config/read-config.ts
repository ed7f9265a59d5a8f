/** Reads the config file of a stack, and the appetite that it names: every mistake, before anything is synthesised. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

import { mistakeLines, schemaMistakes } from '../../core/appetite/mistakes.ts';
import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import { readYaml } from '../../core/appetite/read-yaml.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { type Config, configSchema } from './config-schema.ts';

const NEXT = 'What may stand there, with its defaults: cavendish.example.yaml';

/**
 * @returns with `appetite` as a path that can be opened
 * @throws CavendishError `bad-input` with file, line and column of each mistake, `not-found` for a
 *   file that is not there
 */
export function readConfig(file: string): Config {
  const { yaml, content, mistakes } = readYaml(read(file, 'the config file'));
  const found = yaml === null ? mistakes : [...mistakes, ...schemaMistakes(content ?? {}, yaml, configSchema)];
  if (found.length > 0) {
    const message = ['the config of the stack is not right:', ...mistakeLines(file, found)].join('\n');
    throw new CavendishError('bad-input', message, { next: NEXT });
  }
  const config = configSchema.parse(content ?? {});
  if (config.appetite === undefined) return config;
  const appetite = isAbsolute(config.appetite) ? config.appetite : join(dirname(file), config.appetite);
  parseAppetite(read(appetite, 'the risk appetite'), appetite);
  return { ...config, appetite };
}

function read(file: string, what: string): string {
  if (!existsSync(file)) {
    throw new CavendishError('not-found', `${what} ${file} is not there`, { next: NEXT });
  }
  return readFileSync(file, 'utf8');
}
