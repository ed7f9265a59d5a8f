/** What the operator is told where nothing reaches the person whom a notice is for. */
import { counted } from '../text/plain.ts';
import { shellWord } from '../text/shell.ts';
import { says, step } from './letter.ts';
import type { Notice } from './notice.ts';
import { operatorNotice } from './operator-notice.ts';

interface Unreached {
  /** In a few words: the subject of what did not go out. */
  readonly what: string;
  /** One or more. */
  readonly who: readonly { readonly name: string; readonly address: string | null }[];
  /** ISO 8601 */
  readonly at: string;
  /** How commands name the home: empty for the data folder, or ` --home aws:STACK`. */
  readonly home: string;
}

export function unreachedNotice({ what, who, at, home }: Unreached): Notice {
  return operatorNotice({
    kind: 'subscription-lost',
    at,
    headline: `${counted(who.length, 'person', 'people')} can not be told`,
    matters: who.map(({ name, address }) => `${name} (${address ?? 'no e-mail in the appetite'}) did not get: ${what}`),
    next: who.map(({ name, address }) =>
      address === null
        ? says(`name an e-mail address of ${name} in the appetite, under "people"`)
        : step(`let ${name} be told, and confirm the subscription`, `cavendish subscribe ${shellWord(address)}${home}`),
    ),
  });
}
