/** The catalogers, in the order in which they are asked. A new one is added here. */
import { apk } from './apk/cataloger.ts';
import { type AnyCataloger, asAny } from './cataloger.ts';
import { dotnet } from './dotnet/cataloger.ts';
import { dpkg } from './dpkg/cataloger.ts';
import { java } from './java/cataloger.ts';
import { npm } from './npm/cataloger.ts';
import { osRelease } from './os-release/cataloger.ts';
import { php } from './php/cataloger.ts';
import { programs } from './programs/cataloger.ts';
import { python } from './python/cataloger.ts';
import { rpm } from './rpm/cataloger.ts';
import { ruby } from './ruby/cataloger.ts';

export const CATALOGERS: readonly AnyCataloger[] = [
  asAny(osRelease),
  asAny(dpkg),
  asAny(apk),
  asAny(rpm),
  asAny(npm),
  asAny(python),
  asAny(ruby),
  asAny(php),
  asAny(dotnet),
  asAny(java),
  asAny(programs),
];
