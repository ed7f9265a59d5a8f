/**
 * A letter as HTML, for mail programs: nothing in it is fetched from anywhere, no script, and whatever it quotes is text.
 *
 * Styles stand at the elements, since many mail programs drop sheets; the one sheet only changes colours where the
 * reader's surface is dark. It fits a phone: nothing has a width of its own, and long words break.
 */
import { plainLine } from '../text/plain.ts';
import { type Item, type Letter, NEXT, type Section, type Tone } from './letter.ts';

const COLOURS: Readonly<Record<Tone, string>> = { bad: '#c0262d', due: '#b26a00', good: '#1a7f37', plain: '#57606a' };
const FONT = 'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const BREAK = 'overflow-wrap:anywhere;word-break:break-word';

const DARK = [
  'body,.page{background:#1c1f24!important;color:#e6e8eb!important}',
  '.soft{color:#a6adb5!important}',
  '.next{background:#262b32!important}',
  'code{background:#343b44!important;color:#f2f4f6!important}',
  'hr{border-color:#3a424c!important}',
].join('');

/** @param subject - of the notice: the title of the document */
export function letterHtml({ headline, tone, under, sections, foot }: Letter, subject: string): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escaped(subject)}</title>`,
    `<style>@media (prefers-color-scheme:dark){${DARK}}</style></head>`,
    `<body class="page" style="margin:0;padding:0;background:#ffffff;color:#1f2328">`,
    `<div class="page" style="max-width:640px;margin:0 auto;padding:16px;${FONT};font-size:15px;line-height:1.45;${BREAK}">`,
    `<h1 style="margin:0 0 6px;padding:2px 0 2px 12px;border-left:5px solid ${COLOURS[tone]};font-size:18px;line-height:1.3;white-space:pre-wrap">${escaped(headline)}</h1>`,
    ...under.map((line) => `<p class="soft" style="margin:2px 0;color:#57606a">${escaped(line)}</p>`),
    ...sections.map(sectionHtml),
    ...(foot.length === 0 ? [] : ['<hr style="margin:18px 0 8px;border:0;border-top:1px solid #d0d7de">']),
    ...foot.map((line) => `<p class="soft" style="margin:2px 0;font-size:12px;color:#57606a">${escaped(line)}</p>`),
    '</div></body></html>',
    '',
  ].join('\n');
}

function sectionHtml({ title, lead, items, rest }: Section): string {
  const isNext = title === NEXT;
  const box = isNext ? 'margin:16px 0 0;padding:8px 12px;background:#f3f5f7;border-radius:6px' : 'margin:14px 0 0';
  return [
    `<div${isNext ? ' class="next"' : ''} style="${box}">`,
    ...(title === null ? [] : [`<h2 style="margin:0 0 4px;font-size:15px">${escaped(title)}</h2>`]),
    ...lead.map((line) => `<p class="soft" style="margin:2px 0;color:#57606a">${escaped(line)}</p>`),
    '<ul style="margin:4px 0;padding:0 0 0 20px">',
    ...items.map(itemHtml),
    '</ul>',
    ...(rest > 0 ? [`<p class="soft" style="margin:2px 0;color:#57606a">… and ${String(rest)} more</p>`] : []),
    '</div>',
  ].join('\n');
}

function itemHtml({ mark, text, command, under }: Item): string {
  const change = mark === '*' ? '' : `${mark === '+' ? '+' : '−'} `;
  return [
    `<li style="margin:3px 0">${change}${escaped(text)}`,
    ...(command === null ? [] : [codeHtml(command)]),
    ...under.map((line) => `<div class="soft" style="color:#57606a">${escaped(line)}</div>`),
    '</li>',
  ].join('');
}

/** On a line of its own, so that it can be copied whole. */
function codeHtml(command: string): string {
  const font = 'font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:13px';
  return `<div><code style="display:inline-block;margin:2px 0;padding:2px 6px;border-radius:4px;background:#e4e8ec;white-space:pre-wrap;${font};${BREAK}">${escaped(command)}</code></div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return plainLine(text).replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');
}
