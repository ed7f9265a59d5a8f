/**
 * Draws the curve of docs/scale.md.
 *
 * Both axes are logarithmic: what grows with the home is a slope, what grows only with what is affected is flat.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Results {
  readonly machine: string;
  readonly day: string;
  readonly sizes: readonly {
    readonly images: number;
    readonly changes: readonly { readonly what: string; readonly affected: number; readonly seconds: number }[];
  }[];
}

interface Series {
  readonly name: string;
  readonly colour: string;
  readonly points: readonly { readonly x: number; readonly y: number; readonly label: string }[];
}

const ROOT = join(import.meta.dirname, '..', '..');
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [760, 420, 70, 230, 40, 50];
const COLOURS = ['#1b6ca8', '#b8860b', '#a12a2a'];
const [X, Y] = [
  [1000, 20_000],
  [0.01, 1000],
] as const;

export function drawCurve(results: Results): void {
  writeFileSync(join(ROOT, 'docs/scale.svg'), chart(results));
}

function chart({ machine, day, sizes }: Results): string {
  const names = sizes[0]?.changes.map(({ what }) => what) ?? [];
  const series = names.map((name, at): Series => {
    const points = sizes.flatMap(({ images, changes }) =>
      changes
        .filter(({ what }) => what === name)
        .map(({ affected, seconds }) => ({ x: images, y: seconds, label: `${affected}: ${seconds.toFixed(2)} s` })),
    );
    return { name, colour: COLOURS[at] ?? 'black', points };
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    `<text x="${LEFT}" y="22" font-size="14">One advisory changes: seconds until all that it affects is judged again</text>`,
    ...[0.01, 0.1, 1, 10, 100, 1000].map((y) => rule(y)),
    ...sizes.map(({ images }) => tick(images)),
    ...series.flatMap(draw),
    `<text x="${LEFT}" y="${HEIGHT - 8}" fill="#555">images held; ${escaped(machine)}, ${escaped(day)}; SQLite</text>`,
    '</svg>',
    '',
  ].join('\n');
}

function draw({ name, colour, points }: Series): readonly string[] {
  const line = points.map(({ x, y }) => `${across(x)},${up(y)}`).join(' ');
  const last = points.at(-1);
  return [
    `<polyline points="${line}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...points.flatMap(({ x, y, label }) => [
      `<circle cx="${across(x)}" cy="${up(y)}" r="3" fill="${colour}"/>`,
      `<text x="${across(x)}" y="${up(y) - 14}" fill="${colour}" font-size="10" text-anchor="middle">${escaped(label)}</text>`,
    ]),
    last === undefined
      ? ''
      : `<text x="${across(last.x) + 12}" y="${up(last.y) + 14}" fill="${colour}">${escaped(name)}</text>`,
  ];
}

function rule(y: number): string {
  const at = up(y);
  return `<line x1="${LEFT}" y1="${at}" x2="${WIDTH - RIGHT}" y2="${at}" stroke="#ddd"/><text x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${y} s</text>`;
}

function tick(x: number): string {
  return `<text x="${across(x)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${x.toLocaleString('en')}</text>`;
}

function across(x: number): number {
  return Math.round(LEFT + part(x, X) * (WIDTH - LEFT - RIGHT));
}

function up(y: number): number {
  return Math.round(HEIGHT - BOTTOM - part(Math.max(y, Y[0]), Y) * (HEIGHT - BOTTOM - TOP));
}

function part(value: number, [from, to]: readonly [number, number]): number {
  return (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
