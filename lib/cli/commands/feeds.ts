import { Command } from 'commander';

import type { HeldFeed } from '../../core/advisories/feed.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import { importFeeds } from '../../pipeline/feeds/import-feeds.ts';
import { feedsOperation } from '../../pipeline/feeds/operations.ts';
import type { StoredQuarantined } from '../../pipeline/feeds/quarantine-items.ts';
import { readFeedFiles } from '../compose/formats.ts';
import { withHome, withParts } from '../compose/home.ts';
import { type End, type Io, print, printJson, remark } from '../io.ts';
import { type CommonOptions, readInstant, withCommon } from '../options.ts';
import { quarantinedLines } from '../render/quarantine.ts';
import { table } from '../render/table.ts';
import { diffCommand } from './feeds-diff.ts';
import { inspectCommand, rejectCommand, releaseCommand } from './feeds-quarantine.ts';
import { refreshCommand } from './feeds-refresh.ts';

interface ImportOptions extends CommonOptions {
  readonly complete: readonly string[];
  readonly date?: string;
}

/** `feeds`, and what is done with them. */
export function feedsCommand(io: Io, end: End): Command {
  const command = withCommon(new Command('feeds'))
    .description('the intelligence that is held: date, age, count, hash, what it answers for')
    .action(async ({ as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const { feeds, aside } = await operate(feedsOperation, {});
        const now = io.now();
        if (json === true)
          printJson(
            io,
            feeds.map((held) => described(held, aside, now)),
          );
        else print(io, [...render(feeds, now), ...asideLines(aside)].join('\n'));
      });
    });
  command.addCommand(importCommand(io));
  command.addCommand(refreshCommand(io, end));
  command.addCommand(diffCommand(io));
  for (const one of [inspectCommand, releaseCommand, rejectCommand]) command.addCommand(one(io));
  return command;
}

function importCommand(io: Io): Command {
  return withCommon(new Command('import'))
    .description('take more intelligence in: OSV, CVE records, KEV, EPSS, recognised by content')
    .argument('<path...>', 'files (zip, json, jsonl, csv, also gzipped) and folders')
    .option(
      '--complete <ecosystem[:release]>',
      'the import answers for all packages of this ecosystem, or release; may be given several times',
      (ecosystem: string, before: readonly string[]) => [...before, ecosystem],
      [],
    )
    .option('--date <instant>', 'the date of the feeds, where what they declare is not right', readInstant)
    .action(async (paths: readonly string[], _: ImportOptions, command: Command) => {
      // --data, --home and --json are options of `feeds` as well, which takes them wherever they stand.
      const { data, home, json, complete, date } = command.optsWithGlobals<ImportOptions>();
      await withParts({ home, data, mode: 'beside' }, io, async (opened) => {
        const report = await importFeeds(
          { sources: readFeedFiles(paths), complete, date: date ?? null, at: io.now() },
          opened,
        );
        if (json === true) printJson(io, report);
        else for (const line of report.lines) print(io, line);
        remark(io, 'What is pushed or judged from now on uses it: cavendish feeds');
      });
    });
}

function described({ feed, hash }: HeldFeed, aside: readonly StoredQuarantined[], now: Date) {
  const { id, kind, date, count, completeFor, source, modelVersion } = feed;
  const setAside = aside.filter((one) => one.feed === id).map(({ at, reasons }) => ({ at, reasons }));
  return { id, kind, date, ageDays: ageOf(date, now), count, hash, completeFor, source, modelVersion, setAside };
}

function render(feeds: readonly HeldFeed[], now: Date): readonly string[] {
  if (feeds.length === 0) {
    return [
      'No intelligence is held: everything is unknown. Take some in: cavendish feeds refresh, or feeds import PATH',
    ];
  }
  const rows = feeds.map(({ feed, hash }) => [
    feed.id,
    feed.kind,
    counted(feed.count, 'record'),
    feed.date.slice(0, 10),
    `${counted(ageOf(feed.date, now), 'day')} old`,
    hash.slice('sha256:'.length, 'sha256:'.length + 12),
    answers(feed),
    plainLine(feed.source),
  ]);
  const head = ['FEED', 'KIND', 'RECORDS', 'DATE', 'AGE', 'HASH', 'ANSWERS FOR', 'SOURCE'];
  return table([head, ...rows]);
}

function asideLines(aside: readonly StoredQuarantined[]): readonly string[] {
  if (aside.length === 0) return [];
  return ['', 'Set aside, waiting for a word (cavendish feeds inspect FEED)', ...aside.flatMap(quarantinedLines)];
}

function answers({ kind, completeFor }: HeldFeed['feed']): string {
  if (kind !== 'advisories') return 'what it lists';
  if (completeFor.length === 0) return 'nothing (import with --complete to say so)';
  return completeFor
    .map(
      ({ ecosystem, packages }) =>
        `${ecosystem} (${packages === 'all' ? 'all packages' : counted(packages.length, 'package')})`,
    )
    .join(', ');
}

/** Whole days. */
function ageOf(date: string, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(date)) / 86_400_000);
}
