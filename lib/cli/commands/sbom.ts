import { Command } from 'commander';

import { CavendishError } from '../../core/errors/error.ts';
import { platformName } from '../../core/image/platform.ts';
import { inventoryOf } from '../../pipeline/judge-image/inventory-of.ts';
import { sbomOperation } from '../../pipeline/judge-image/operations.ts';
import type { OpenedImages, OpenImage, UnreadableImage } from '../../pipeline/ports/image-source.ts';
import { toCycloneDx } from '../compose/formats.ts';
import { withHome } from '../compose/home.ts';
import { openImages } from '../compose/images.ts';
import { openLaptop } from '../compose/laptop.ts';
import { type Io, print } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';

type Opening = Parameters<typeof withHome>[0];

interface SbomOptions extends CommonOptions {
  readonly platform?: string;
}

/** `sbom WHAT`: CycloneDX on standard output. */
export function sbomCommand(io: Io): Command {
  return withCommon(new Command('sbom'))
    .description('the SBOM of an image, as CycloneDX 1.6 (JSON)')
    .argument(
      '<what>',
      'an image reference, an OCI layout, a docker-archive, or - for one on standard input; on AWS an image on the board',
    )
    .option('--platform <os/arch[/variant]>', 'the platform, where there are several')
    .action(async (what: string, { as, data, home, platform }: SbomOptions) => {
      if (home.kind === 'aws') {
        print(io, await heldSbom(what, platform, { as, data, home }, io));
        return;
      }
      const laptop = await openLaptop({ data, as: 'beside', now: io.now() });
      try {
        const opened = await openImages(what, io);
        try {
          const scan = await inventoryOf(onlyOne(opened, platform), laptop, io.signal);
          if (scan.inventory === null) {
            throw new CavendishError('bad-input', `${opened.reference} can not be scanned: ${scan.gaps[0].message}`);
          }
          print(io, toCycloneDx(scan.inventory, { reference: opened.reference }));
        } finally {
          await opened.close();
        }
      } finally {
        await laptop.close();
      }
    });
}

/** Of an image that a home on AWS has judged. */
async function heldSbom(image: string, platform: string | undefined, opening: Opening, io: Io): Promise<string> {
  return await withHome(opening, io, async ({ operate }) => {
    const held = await operate(sbomOperation, { image });
    const [found, another] = held.filter((one) => platform === undefined || one.platform === platform);
    const there = held.map((one) => one.platform).join(', ');
    if (found === undefined)
      throw new CavendishError('not-found', `${image} has no such image`, { next: `It has: ${there}.` });
    if (another !== undefined) {
      throw new CavendishError('wrong-use', `${image} is several images`, {
        next: `Name one by its digest, or a platform with --platform: ${there}.`,
      });
    }
    if (found.inventory !== null) return toCycloneDx(found.inventory, { reference: found.reference });
    throw new CavendishError(
      'bad-input',
      `${found.reference} could not be scanned: ${found.gaps[0] ?? 'no inventory'}`,
    );
  });
}

function onlyOne(opened: OpenedImages, platform: string | undefined): OpenImage | UnreadableImage {
  const all = [...opened.images, ...opened.unreadable];
  const named = all.map((image) => ({
    image,
    name: image.platform === null ? 'unknown' : platformName(image.platform),
  }));
  const [first, second] = platform === undefined ? named : named.filter(({ name }) => name === platform);
  const there = named.map(({ name }) => name).join(', ');
  if (first === undefined) {
    throw new CavendishError('not-found', `${opened.reference} has no such image`, {
      next: there === '' ? 'It holds no image at all.' : `It has: ${there}.`,
    });
  }
  if (second !== undefined) {
    throw new CavendishError('wrong-use', `${opened.reference} has several platforms`, {
      next: `Name one with --platform: ${there}.`,
    });
  }
  return first.image;
}
