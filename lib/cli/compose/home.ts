/** Opens the home that a person names: a folder of this machine, or a stack on AWS. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import type { AwsHomeName, HomeName } from '../home-name.ts';
import type { Io } from '../io.ts';
import type { AwsHome } from './aws/open-aws.ts';
import { type Laptop, openAppetite, openLaptop } from './laptop.ts';

export type AnyHome = Laptop | AwsHome;

interface Opening {
  readonly home: HomeName;
  /** The folder of a home on this machine; AWS has none. */
  readonly data: string;
  /** `beside` may make a home on this machine where there is none; `read` never does. */
  readonly as: 'beside' | 'read';
}

/** Opens the home, does something with it, and closes it, whatever comes. */
export async function withHome<T>({ home, data, as }: Opening, io: Io, use: (home: AnyHome) => Promise<T>): Promise<T> {
  const opened = await open({ home, data, as }, io);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

/** The appetite that a home on AWS judges by. */
export async function deployedAppetite(home: AwsHomeName, io: Io) {
  const { openAws } = await import('./aws/open-aws.ts');
  const { appetiteOf } = await import('./aws/appetite.ts');
  const opened = await openAws(home, io.env);
  try {
    return await appetiteOf(opened);
  } finally {
    await opened.close();
  }
}

/** The appetite that a home judges by, whichever home it is. */
export async function appetiteOfHome(home: AnyHome): Promise<Appetite> {
  if (home.kind === 'laptop') return (await openAppetite(home, undefined)).value;
  const { appetiteOf } = await import('./aws/appetite.ts');
  return (await appetiteOf(home)).appetite;
}

async function open({ home, data, as }: Opening, io: Io): Promise<AnyHome> {
  if (home.kind === 'laptop') return await openLaptop({ data, as, now: io.now() });
  const { openAws } = await import('./aws/open-aws.ts');
  return await openAws(home, io.env);
}
