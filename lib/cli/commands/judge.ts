import { Command } from 'commander';

import { CavendishError } from '../../core/errors/error.ts';
import { type Platform, platformName } from '../../core/image/platform.ts';
import { parseReference } from '../../core/image/reference.ts';
import type { Stage } from '../../core/image/stage.ts';
import { intelligenceAsOf } from '../../pipeline/feeds/intelligence-as-of.ts';
import { type Judged, judgeImage } from '../../pipeline/judge-image/judge-image.ts';
import type { OpenedImages, OpenImage, UnreadableImage } from '../../pipeline/ports/image-source.ts';
import { keepAssessment } from '../../pipeline/record-assessment/keep-assessment.ts';
import { type NamedImages, openImages } from '../compose/images.ts';
import { laptopPlacement, openAppetite, openLaptop } from '../compose/laptop.ts';
import { documentOf } from '../document.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { onlyOnLaptop } from '../home-name.ts';
import { type End, type Io, print, printJson } from '../io.ts';
import { type CommonOptions, readInstant, stageOption, withHomeOptions } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { progress } from '../render/progress.ts';
import { renderVerdict } from '../render/verdict.ts';

interface JudgeOptions extends CommonOptions {
  readonly stage?: Stage;
  readonly appetite?: string;
  readonly as?: string;
  readonly platform?: string;
  readonly at?: string;
}

const MOST_FINDINGS = 15;
/** Stands for the home's registry, whose repositories have no host in their names. */
const EMBEDDED = 'localhost';
const UNKNOWN_PLATFORM: Platform = { os: 'unknown', architecture: 'unknown' };

/** `judge WHAT`: judges what is named, beside the board. */
export function judgeCommand(io: Io, end: End): Command {
  return withHomeOptions(new Command('judge'))
    .description('judge an image; the board does not move and nobody is told')
    .argument('<what>', 'an image reference, an OCI layout, a docker-archive, or - for one on standard input')
    .addOption(stageOption())
    .option('--appetite <file>', 'the risk appetite to judge by')
    .option('--as <repository[:tag]>', 'judge it as the image of this repository')
    .option('--platform <os/arch[/variant]>', 'only this platform')
    .option('--at <instant>', 'judge as of this instant', readInstant)
    .addHelpText('after', '\nExit codes: 0 go (or not blocking), 1 no-go, 2 unknown, 64 wrong use, 70 failure.')
    .action(async (what: string, options: JudgeOptions) => {
      onlyOnLaptop(options.home, 'judge', 'On AWS an image is judged when it is pushed: cavendish show IMAGE');
      const judged = await judge(what, options, io);
      if (options.json === true) {
        const documents = judged.map(({ assessment, id }) => documentOf(assessment, id));
        printJson(io, documents.length === 1 ? documents[0] : documents);
      } else {
        const colours = coloursFor(io.stdout);
        const shown = judged.map(({ assessment, id }) =>
          [...renderVerdict(assessment, { colours, most: MOST_FINDINGS }), '', `Assessment: ${id}`].join('\n'),
        );
        print(io, shown.join('\n\n'));
      }
      end(exitCodeOf(judged.map(({ assessment }) => assessment)));
    });
}

async function judge(what: string, options: JudgeOptions, io: Io): Promise<readonly Judged[]> {
  const { data, stage, as, platform, at = io.now().toISOString() } = options;
  const laptop = await openLaptop({ data, as: 'beside', now: io.now() });
  try {
    const appetite = await openAppetite(laptop, options.appetite);
    const intelligence = intelligenceAsOf(at, laptop.intelligence, laptop.register);
    const opened = await openImages(what, io);
    try {
      const onStep = progress(io, options.json === true);
      const named = namedAs(as, opened);
      const judged: Judged[] = [];
      for (const image of chosen(opened, platform)) {
        const request = {
          digest: image.digest,
          platform: image.platform ?? UNKNOWN_PLATFORM,
          reference: named?.reference ?? opened.reference,
          placement:
            named === null ? null : { ...laptopPlacement(named.repository, image.digest), registry: named.registry },
          repository: named?.repository ?? null,
          stage: stage === undefined ? null : { name: stage, from: 'given' as const },
          at,
          ...('base' in image && { base: image.base }),
        };
        const result = await judgeImage(request, image, {
          ...laptop,
          intelligence,
          appetite,
          onStep,
          signal: io.signal,
        });
        await keepAssessment(result, laptop.register);
        judged.push(result);
      }
      return judged;
    } finally {
      await opened.close();
    }
  } finally {
    await laptop.close();
  }
}

function chosen(opened: OpenedImages, platform: string | undefined): readonly (OpenImage | UnreadableImage)[] {
  const all = [...opened.images, ...opened.unreadable];
  const matching =
    platform === undefined ? all : all.filter((image) => platformName(image.platform ?? UNKNOWN_PLATFORM) === platform);
  if (matching.length > 0) return matching;
  const there = all.map((image) => platformName(image.platform ?? UNKNOWN_PLATFORM)).join(', ');
  if (all.length === 0) {
    const skipped = opened.skipped.map(({ digest, why }) => `${digest}: ${why}`).join('; ');
    throw new CavendishError(
      'bad-input',
      `${opened.reference} holds no image${skipped === '' ? '' : ` (${skipped})`}`,
      {
        next: 'Name an image: an SBOM, a signature or an attestation has no verdict.',
      },
    );
  }
  throw new CavendishError('not-found', `${opened.reference} has no image for ${platform ?? ''}`, {
    next: `It has: ${there}.`,
  });
}

interface Named {
  readonly registry: string;
  readonly repository: string;
  readonly reference: string;
}

/** The name by which the appetite knows the image: the one given, or that of its reference. */
function namedAs(as: string | undefined, { reference, fromRegistry }: NamedImages): Named | null {
  if (as === undefined && !fromRegistry) return null;
  const { registry, repository } = parseReference(as === undefined ? reference : `${EMBEDDED}/${as}`);
  return as === undefined ? { registry, repository, reference } : { registry: 'embedded', repository, reference: as };
}
