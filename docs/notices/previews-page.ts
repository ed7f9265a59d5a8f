/** docs/notices-previews.md: a notice of each kind as people get it. */
import { previews } from '../../lib/cli/previews/previews.ts';
import { NOTICE_KINDS } from '../../lib/core/notices/kinds.ts';

export function previewsPage(): string {
  const sections = [...previews().values()].flatMap(({ kind, subject, text, dates }) => [
    ...[
      `## ${kind}`,
      '',
      `${capital(NOTICE_KINDS[kind])}.${dates.length > 0 ? ' With its dates for the calendar.' : ''}`,
    ],
    ...['', '```text', subject, '', text, '```', ''],
  ]);
  return [
    '# Previews of notices',
    '',
    'A notice of each kind, made with sample data by what makes the real ones: `npm run previews` writes this page,',
    '`cavendish notices preview KIND` shows one, `--html` as the HTML part of a mail has it. The first line of each is its subject.',
    '',
    ...sections,
  ].join('\n');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
