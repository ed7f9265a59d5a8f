/** Opens the home that a person names: a folder of this machine, or a stack on AWS. */
import type { HomeName } from '../home-name.ts';
import type { Io } from '../io.ts';
import type { AnyHome } from './any-home.ts';
import { appetiteOfHome } from './appetite.ts';
import { openLaptop } from './laptop.ts';
import type { Operate } from './opened-home.ts';
import { operateHere } from './operate.ts';

interface Opening {
  readonly home: HomeName;
  /** The folder of a home on this machine; AWS has none. */
  readonly data: string;
  /** Who says that they ask; undefined: the machine's user. */
  readonly as: string | undefined;
  /** `beside` may make a home on this machine where there is none; `read` never does. @default 'read' */
  readonly mode?: 'beside' | 'read';
}

/** Opens the home, does something with it, and closes it, whatever comes. */
export async function withHome<T>(
  { home, data, as, mode = 'read' }: Opening,
  io: Io,
  use: (home: AnyHome & { readonly operate: Operate }) => Promise<T>,
): Promise<T> {
  const opened = await open(home, data, mode, io);
  try {
    const operate = operateHere({ stores: opened, as, appetite: () => appetiteOfHome(opened) }, io);
    return await use({ ...opened, operate });
  } finally {
    await opened.close();
  }
}

async function open(home: HomeName, data: string, mode: 'beside' | 'read', io: Io): Promise<AnyHome> {
  if (home.kind === 'laptop') return await openLaptop({ data, as: mode, now: io.now() });
  const { openAws } = await import('./aws/open-aws.ts');
  return await openAws(home, io.env);
}
