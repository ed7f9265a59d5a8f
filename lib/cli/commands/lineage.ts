import { Command, Option } from 'commander';

import { type FamilyGraph, toDot, toMermaid } from '../../core/lineage/graph.ts';
import { basesOperation, graphOperation, treeOperation } from '../../pipeline/lineage/operations.ts';
import type { BaseOverview } from '../../pipeline/lineage/read-bases.ts';
import type { Member, Tree } from '../../pipeline/lineage/read-tree.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { overviewTable, overviewText, treeText } from '../render/lineage.ts';

const FORMATS = ['dot', 'mermaid', 'json'] as const;
type Format = (typeof FORMATS)[number];

const WRITE: Readonly<Record<Format, (graph: FamilyGraph) => string>> = {
  dot: toDot,
  mermaid: toMermaid,
  json: (graph) => JSON.stringify(graph, null, 2),
};

const NO_BASES =
  'No image here is built on another one that is known. A base that was never pushed here can be named:\n' +
  'cavendish base add REFERENCE --name debian:12';

/** `lineage IMAGE`, `lineage bases`, `lineage export`. */
export function lineageCommand(io: Io): Command {
  const command = withCommon(new Command('lineage'))
    .description('the family of an image: its bases, and what is built on it')
    .argument('<image>', 'repository:tag, the name of a base, a digest or the beginning of one')
    .addHelpText(
      'after',
      '\nExamples:\n  cavendish lineage team/app:1.0\n  cavendish lineage bases\n  cavendish lineage bases debian:12\n  cavendish lineage export --format dot | dot -Tsvg > lineage.svg',
    )
    .action(async (name: string, { as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const trees = await operate(treeOperation, { image: name });
        if (json !== true) print(io, trees.map((tree) => treeText(tree, coloursFor(io.stdout))).join('\n\n'));
        else {
          printJson(
            io,
            trees.map(({ bases, image, complete }) => ({ bases: bases.map(jsonOf), image: treeJson(image), complete })),
          );
        }
      });
    });
  command.addCommand(basesCommand(io));
  command.addCommand(exportCommand(io));
  return command;
}

function basesCommand(io: Io): Command {
  return withCommon(new Command('bases'))
    .description('each base: what is built on it, whose that is, its score, what a newer build would change')
    .argument('[base]', 'one base whole: each of its vulnerabilities once, and all that is built on it')
    .action(async (name: string | undefined, _: CommonOptions, command: Command) => {
      const { as, data, home, json } = command.optsWithGlobals<CommonOptions>();
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const bases = await operate(basesOperation, { base: name ?? null });
        const at = io.now().toISOString();
        const colours = coloursFor(io.stdout);
        if (json === true) printJson(io, bases.map(overviewJson));
        else if (bases.length === 0)
          print(io, name === undefined ? NO_BASES : `Nothing on the board is built on ${name}.`);
        else if (name === undefined) print(io, overviewTable(bases, at, colours));
        else print(io, bases.map((base) => overviewText(base, at, colours)).join('\n\n'));
      });
    });
}

function exportCommand(io: Io): Command {
  return withCommon(new Command('export'))
    .description('the families of all images as a graph, for other programs')
    .addOption(new Option('--format <format>', 'dot (Graphviz), mermaid, json').choices(FORMATS).default('json'))
    .action(async (_: CommonOptions, command: Command) => {
      const { as, data, home, json, format } = command.optsWithGlobals<CommonOptions & { readonly format: Format }>();
      await withHome({ home, data, as }, io, async ({ operate }) => {
        print(io, WRITE[json === true ? 'json' : format](await operate(graphOperation, {})));
      });
    });
}

function jsonOf({ facts, names, standing }: Member) {
  const { image, platform, layers, created, firstSeen } = facts;
  const stands = standing.map(({ placement, stage, tags, verdict, score, assessment, at }) => ({
    ...{ placement, stage, tags, verdict, score, assessment, at },
  }));
  return { image, names, platform, layers, created, firstSeen, stands };
}

type TreeJson = ReturnType<typeof jsonOf> & { readonly clones: readonly TreeJson[] };

function treeJson({ clones, ...member }: Tree): TreeJson {
  return { ...jsonOf(member), clones: clones.map(treeJson) };
}

function overviewJson({ facts, clones, ...base }: BaseOverview) {
  const { stands, ...member } = jsonOf({ facts, names: base.names, standing: clones });
  return { ...member, ...base, clones: stands };
}
