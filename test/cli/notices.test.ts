import { describe, expect, it } from '@jest/globals';

import { NOTICE_KINDS } from '../../lib/core/notices/kinds.ts';
import { run } from '../support/running-home.ts';

describe('notices preview', () => {
  it('shows one of each kind, and names them all', async () => {
    const { stdout, code } = await run(['notices', 'preview']);
    expect(code).toBe(0);
    const shown = [...stdout.matchAll(/^Kind: {4}(.*)$/gmu)].map(([, kind]) => kind);
    expect(new Set(shown)).toEqual(new Set(Object.keys(NOTICE_KINDS)));
    const help = await run(['notices', 'preview', '--help']);
    expect(help.stdout).toContain(`risk-overdue         ${NOTICE_KINDS['risk-overdue']}`);
  });

  it('shows one as text, and as HTML', async () => {
    const { stdout } = await run(['notices', 'preview', 'exception-requested']);
    expect(stdout).toMatch(
      /^Kind: {4}exception-requested\nTo: {6}amir@example\.com\nSubject: \[Cavendish\] Exception/u,
    );
    const html = await run(['notices', 'preview', 'exception-requested', '--html']);
    expect(html.stdout).toMatch(/^<!doctype html>\n/u);
  });

  it('refuses what is no kind, and says what there is', async () => {
    const { code, stderr } = await run(['notices', 'preview', 'risk-overdo']);
    expect(code).toBe(64);
    expect(stderr).toContain('risk-overdue');
  });
});
