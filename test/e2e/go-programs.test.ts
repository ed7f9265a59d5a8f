/**
 * From the bytes of a Go program in an image to its vulnerabilities, by records of Go's vulnerability
 * database, as govulncheck 1.9.0 answers for the same modules (`-mode binary -scan module`).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

import { readOsv } from '../../lib/core/advisories/osv.ts';
import { matchPackages } from '../../lib/core/matching/match-packages.ts';
import { scanImage } from '../../lib/scanner/scan-image.ts';
import { goProgram } from '../support/elf.ts';
import { file, image, layer, openImage } from '../support/images.ts';
import { memoryLayerCache } from '../support/layer-cache.ts';

/** Of google/osv-scalibr's `binary_with_modules-linux-amd64`. */
const MODULES = [
  'path\tbinary_with_modules',
  'mod\tbinary_with_modules\t(devel)\t',
  'dep\tgithub.com/gin-gonic/gin\tv1.8.1\th1:4+fr/el88TOO3ewCmQr8cx/CtZ/umlIRIs5M4NTNjf8=',
  'dep\tgolang.org/x/net\tv0.4.0\th1:Q5QPcMlvfxFTAPV0+07Xz/MpK9NTXu2VDUuy0FeMfaU=',
  'dep\tgolang.org/x/text\tv0.5.0\th1:OLmvp0KP+FVG99Ct/qFiL/Fhk4zp4QQnZ7b2U+5piUM=',
  'dep\tgoogle.golang.org/protobuf\tv1.28.1\th1:d0NfwRgPtno5B1Wa6L2DAG+KivqkdutMf1UhdNx175w=',
  '',
];

/** Its findings among the records of the fixture. */
const GOVULNCHECK = [
  'GO-2023-1571 golang.org/x/net@v0.4.0 0.7.0',
  'GO-2023-1737 github.com/gin-gonic/gin@v1.8.1 1.9.1',
  'GO-2023-1988 golang.org/x/net@v0.4.0 0.13.0',
  'GO-2024-2598 stdlib@1.22.0 1.22.1',
  'GO-2024-2611 google.golang.org/protobuf@v1.28.1 1.33.0',
  'GO-2025-4006 stdlib@1.22.0 1.24.8',
  'GO-2026-5970 golang.org/x/text@v0.5.0 0.39.0',
];

/** It leaves this one out, for its code is of Windows alone: the matcher does not read for which system code is. */
const OF_WINDOWS = 'GO-2025-3750 stdlib@1.22.0 1.23.10';

describe('a Go program in an image', () => {
  it('has the vulnerabilities that govulncheck finds in it', async () => {
    const records = (JSON.parse(readFileSync('test/fixtures/advisories/go.json', 'utf8')) as unknown[]).map(readOsv);
    const built = await layer([file('app', goProgram('go1.22.0', MODULES.join('\n')))]);
    const { packages } = await scanImage(openImage(image([built])), { cache: memoryLayerCache() });

    const { matches, gaps } = matchPackages(packages, ({ name }) =>
      records.filter(({ affected }) => affected.some((one) => one.name === name)),
    );
    const found = matches.flatMap((match) =>
      match.records.map(({ id }) => `${id} ${match.package.name}@${match.package.version} ${match.fixedIn ?? ''}`),
    );
    expect(found.sort()).toEqual([...GOVULNCHECK, OF_WINDOWS].sort());
    expect(gaps).toEqual([]);
  });
});
