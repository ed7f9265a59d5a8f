/**
 * Years of a ticker that is killed (SIGKILL) again and again, on a home in a folder with an inbox in it; and whether
 * what was rehearsed before is what came.
 */
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { openLocalEvidence } from '../../lib/adapters/local/evidence/local-evidence.ts';
import { inboxNotifier } from '../../lib/adapters/local/inbox/inbox.ts';
import { openLocalStore } from '../../lib/adapters/local/store/local-store.ts';
import { startChild } from './child.ts';
import { accept, BEGIN, live, rehearsed } from './long-life.ts';

const LIVE_ON = new URL('live-on.ts', import.meta.url).pathname;
/** The reference of a mail is the end of its name. */
const MAIL = /-(?<id>[0-9a-f]{64})\.eml$/u;

/** The parts of a home in a folder, as whoever is killed finds them again. */
export async function homeIn(folder: string) {
  return {
    store: openLocalStore(`${folder}/register.db`),
    evidence: await openLocalEvidence(`${folder}/evidence`),
    inbox: inboxNotifier(`${folder}/inbox`, { from: 'cavendish@localhost', fallback: 'somebody@localhost' }),
  };
}

interface Asked {
  readonly folder: string;
  readonly exceptions: number;
  /** In which they end. */
  readonly days: number;
  /** ISO 8601: until when the ticker lives. */
  readonly until: string;
  /** It is killed so often at most; each process lives so many milliseconds at most, how many is chance. */
  readonly kills: number;
  readonly latest: number;
  readonly onDeath?: (deaths: number) => void;
}

interface Lived {
  readonly rehearsed: number;
  readonly mails: number;
  readonly deaths: number;
  /** Rehearsed and not in the inbox. */
  readonly lost: readonly string[];
  /** In the inbox and never rehearsed. */
  readonly surplus: readonly string[];
  /** In the inbox more than once. */
  readonly double: readonly string[];
}

export async function killedLife({ folder, exceptions, days, until, ...killing }: Asked): Promise<Lived> {
  const { store, evidence, inbox } = await homeIn(folder);
  let time: string | null = null;
  const clock = {
    get: () => Promise.resolve(time),
    set: async (instant: string) => {
      time = instant;
      await Promise.resolve();
    },
  };
  const life = { store, evidence, inbox, clock };
  await accept(exceptions, days, life);
  await live(BEGIN, life);
  const said = await rehearsed(until, life);
  store.close();

  const deaths = await untilLived([folder, until], killing);

  const names = await readdir(`${folder}/inbox`);
  const ids = names.flatMap((name) => MAIL.exec(name)?.groups?.['id'] ?? []);
  const [wanted, there] = [new Set(said), new Set(ids)];
  return {
    ...{ rehearsed: said.length, mails: ids.length, deaths },
    lost: said.filter((id) => !there.has(id)),
    surplus: [...there].filter((id) => !wanted.has(id)),
    double: ids.filter((id, place) => ids.indexOf(id) !== place),
  };
}

/** @returns how often it was killed */
async function untilLived(
  args: readonly string[],
  { kills, latest, onDeath }: Pick<Asked, 'kills' | 'latest' | 'onDeath'>,
): Promise<number> {
  for (let deaths = 0; ; deaths += 1) {
    const child = startChild(LIVE_ON, args);
    const over = child.ended();
    await child.says('living');
    const killed = deaths < kills ? [sleep(Math.random() * latest, null)] : [];
    if ((await Promise.race([over, ...killed])) === null) child.kill('SIGKILL');
    const { code, errors } = await over;
    if (code === 0) return deaths;
    if (code !== null) throw new Error(`the ticker failed (${String(code)}): ${errors}`);
    onDeath?.(deaths + 1);
  }
}
