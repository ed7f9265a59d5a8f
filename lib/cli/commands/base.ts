import { Command, InvalidArgumentError } from 'commander';

import { CavendishError } from '../../core/errors/error.ts';
import { shortDigest } from '../../core/image/digest.ts';
import { platformName } from '../../core/image/platform.ts';
import type { Stage } from '../../core/image/stage.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import { addBase, type AddedBase } from '../../pipeline/lineage/add-base.ts';
import { approveBaseOperation, listBasesOperation, revokeBaseOperation } from '../../pipeline/lineage/operations.ts';
import type { OpenedImages, OpenImage } from '../../pipeline/ports/image-source.ts';
import { withHome, withParts } from '../compose/home.ts';
import { openImages } from '../compose/images.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, readEnd, readPerson, stagesOption, withCommon } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { baseRow, BASES_HEAD, type ListedBase } from '../render/lineage.ts';
import { table } from '../render/table.ts';

const NO_BASES =
  'No image is called a base yet. Name one: cavendish base add REFERENCE --name debian:12\n' +
  'What is pushed needs no name: cavendish lineage bases shows what is built on it.';

/** `base list`, which is also meant where nothing is said, `add`, `approve` and `revoke`. */
export function baseCommand(io: Io): Command {
  const command = new Command('base').description('base images: name them, approve them for stages');
  command.addCommand(listCommand(io), { isDefault: true });
  for (const one of [addCommand(io), approveCommand(io), revokeCommand(io)]) command.addCommand(one);
  return command;
}

interface AddOptions extends CommonOptions {
  readonly name: string;
  readonly platform?: string;
}

function addCommand(io: Io): Command {
  return withCommon(new Command('add'))
    .description('take in a base that was never pushed here, by its layers')
    .argument('<what>', 'an image reference, an OCI layout, a docker-archive, or - for one on standard input')
    .requiredOption('--name <name>', 'what people call it, as in debian:12; a newer build gets the same name', readName)
    .option('--platform <os/arch[/variant]>', 'only this platform')
    .addHelpText(
      'after',
      '\nExamples:\n  cavendish base add docker.io/library/debian:12 --name debian:12\n  cavendish base add ./layout --name golden/python:3.12 --platform linux/amd64',
    )
    .action(async (what: string, { data, home, json, name, platform }: AddOptions) => {
      await withParts({ home, data, mode: 'beside' }, io, async (stores) => {
        const opened = await openImages(what, io);
        try {
          const at = io.now().toISOString();
          const added: AddedBase[] = [];
          for (const image of chosen(opened, platform)) added.push(await addBase(image, name, at, stores, io.signal));
          if (json === true) printJson(io, added.map(documentOf(name)));
          else print(io, [...added.map((one) => addedLine(one, name)), '', NEXT].join('\n'));
        } finally {
          await opened.close();
        }
      });
    });
}

const NEXT = 'What is built on it: cavendish lineage bases';

function chosen({ images, reference }: OpenedImages, platform: string | undefined): readonly OpenImage[] {
  const found = images.filter((one) => platform === undefined || platformName(one.platform) === platform);
  if (found.length > 0) return found;
  const there = images.map((one) => platformName(one.platform)).join(', ');
  throw new CavendishError('not-found', `${reference} has no such image that can be read`, {
    next: there === '' ? 'It holds no image at all.' : `It has: ${there}.`,
  });
}

function documentOf(name: string) {
  return ({ facts, ...rest }: AddedBase) => ({ ...facts, name, ...rest });
}

function addedLine({ facts, added, packages }: AddedBase, name: string): string {
  const { image, platform, layers } = facts;
  const size = `${counted(layers, 'layer')}, ${counted(packages, 'package')}`;
  return plainLine(`${added ? 'added' : 'known already:'} ${name}  ${platform}  ${shortDigest(image)}  ${size}`);
}

function listCommand(io: Io): Command {
  return withCommon(new Command('list'))
    .description('the images that people called bases, and what they are approved for')
    .action(async ({ as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const bases: readonly ListedBase[] = await operate(listBasesOperation, {});
        if (json === true)
          printJson(
            io,
            bases.map(({ facts, ...rest }) => ({ ...facts, ...rest })),
          );
        else if (bases.length === 0) print(io, NO_BASES);
        else {
          const { faint } = coloursFor(io.stdout);
          const at = io.now().toISOString();
          print(io, table([BASES_HEAD.map(faint), ...bases.map((base) => baseRow(base, at))]).join('\n'));
        }
      });
    });
}

interface ApproveOptions extends CommonOptions {
  readonly stage: readonly Stage[];
  readonly until: string;
  readonly by?: string;
  readonly why?: string;
}

function approveCommand(io: Io): Command {
  return withCommon(new Command('approve'))
    .description('approve a base for stages until a day; its clones are judged again')
    .argument('<base>', 'a name of the base, or the beginning of its digest')
    .addOption(stagesOption().makeOptionMandatory())
    .requiredOption('--until <date>', 'to the end of this day in UTC, or until this instant', readEnd)
    .option('--by <name>', 'who approves it, on a laptop (default: who asks)', readPerson)
    .option('--why <text>', 'why')
    .addHelpText(
      'after',
      '\nExample:\n  cavendish base approve debian:12 --stage production --stage testing --until 2027-03-31 --by "Ana Horvat" --why "hardened, patched weekly"',
    )
    .action(async (base: string, { as, data, home, json, stage: stages, until, by, why }: ApproveOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const said = { base, stages, until, by: by ?? null, why: why ?? null };
        tellChanged(base, await operate(approveBaseOperation, said), json, io);
      });
    });
}

function revokeCommand(io: Io): Command {
  return withCommon(new Command('revoke'))
    .description('take an approval back; the clones are judged again')
    .argument('<base>', 'a name of the base, or the beginning of its digest')
    .option('--by <name>', 'who takes it back, on a laptop (default: who asks)', readPerson)
    .option('--why <text>', 'why')
    .addHelpText('after', '\nExample:\n  cavendish base revoke debian:12 --by "Ana Horvat" --why "compromised mirror"')
    .action(async (base: string, { as, data, home, json, by, why }: Omit<ApproveOptions, 'stage' | 'until'>) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const said = { base, by: by ?? null, why: why ?? null };
        tellChanged(base, await operate(revokeBaseOperation, said), json, io);
      });
    });
}

type Changed = Awaited<ReturnType<typeof approveBaseOperation.run>>;

function tellChanged(name: string, changed: Changed, json: boolean | undefined, io: Io): void {
  if (json === true) printJson(io, changed);
  else print(io, changed.map((image) => changedLine(name, image)).join('\n'));
}

function changedLine(name: string, { image, platform, approval }: Changed[number]): string {
  const what = `${name}  ${platform}  ${shortDigest(image)}`;
  const said =
    approval === null
      ? 'is no longer approved'
      : `is approved for ${approval.stages.join(', ')} until ${approval.until.slice(0, 16)}Z by ${approval.by}`;
  return plainLine(`${what}  ${said}; what is built on it is judged again`);
}

/** A name that people give: as in a reference, so that it can be told from other words. */
function readName(text: string): string {
  if (!/^[a-z0-9][\w.:/-]{0,254}$/iu.test(text)) {
    throw new InvalidArgumentError('It is a name as in debian:12 or golden/python:3.12.');
  }
  return text;
}
