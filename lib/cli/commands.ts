/** The commands by name. One that is asked for is loaded alone: what it does not need costs it no time. */
import type { Command } from 'commander';

import type { End, Io } from './io.ts';

type Make = (io: Io, end: End) => Command;

/** In the order in which help lists them. */
const COMMANDS: ReadonlyMap<string, () => Promise<Make>> = new Map([
  ['up', async () => (await import('./commands/up.ts')).upCommand],
  ['judge', async () => (await import('./commands/judge.ts')).judgeCommand],
  ['images', async () => (await import('./commands/images.ts')).imagesCommand],
  ['show', async () => (await import('./commands/show.ts')).showCommand],
  ['base', async () => (await import('./commands/base.ts')).baseCommand],
  ['lineage', async () => (await import('./commands/lineage.ts')).lineageCommand],
  ['sbom', async () => (await import('./commands/sbom.ts')).sbomCommand],
  ['affected', async () => (await import('./commands/affected.ts')).affectedCommand],
  ['explain', async () => (await import('./commands/explain.ts')).explainCommand],
  ['sight', async () => (await import('./commands/sight.ts')).sightCommand],
  ['sightings', async () => (await import('./commands/sightings.ts')).sightingsCommand],
  ['exception', async () => (await import('./commands/exception.ts')).exceptionCommand],
  ['risk', async () => (await import('./commands/risk.ts')).riskCommand],
  ['register', async () => (await import('./commands/register.ts')).registerCommand],
  ['reminders', async () => (await import('./commands/reminders.ts')).remindersCommand],
  ['evidence', async () => (await import('./commands/evidence.ts')).evidenceCommand],
  ['import', async () => (await import('./commands/import.ts')).importCommand],
  ['feeds', async () => (await import('./commands/feeds.ts')).feedsCommand],
  ['appetite', async () => (await import('./commands/appetite.ts')).appetiteCommand],
  ['rehearse', async () => (await import('./commands/rehearse.ts')).rehearseCommand],
  ['replay', async () => (await import('./commands/replay.ts')).replayCommand],
  ['inbox', async () => (await import('./commands/inbox.ts')).inboxCommand],
  ['notices', async () => (await import('./commands/notices.ts')).noticesCommand],
  ['subscribe', async () => (await import('./commands/subscribe.ts')).subscribeCommand],
  ['subscribers', async () => (await import('./commands/subscribe.ts')).subscribersCommand],
  ['unsubscribe', async () => (await import('./commands/subscribe.ts')).unsubscribeCommand],
  ['whoami', async () => (await import('./commands/whoami.ts')).whoamiCommand],
  ['doctor', async () => (await import('./commands/doctor.ts')).doctorCommand],
  ['dead-letters', async () => (await import('./commands/dead-letters.ts')).deadLettersCommand],
  ['match', async () => (await import('./commands/match.ts')).matchCommand],
  ['versions', async () => (await import('./commands/versions.ts')).versionsCommand],
]);

/** The one of that name; all of them where it is no name of one, as for help and completion. */
export async function loadCommands(asked: string | undefined): Promise<readonly Make[]> {
  const one = COMMANDS.get(asked ?? '');
  return await Promise.all((one === undefined ? [...COMMANDS.values()] : [one]).map((load) => load()));
}
