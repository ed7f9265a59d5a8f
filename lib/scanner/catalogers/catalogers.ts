/** The catalogers, in the order in which they are asked. A new one is added here. */
import { apk } from './apk/cataloger.ts';
import { type AnyCataloger, asAny } from './cataloger.ts';
import { dpkg } from './dpkg/cataloger.ts';
import { osRelease } from './os-release/cataloger.ts';

export const CATALOGERS: readonly AnyCataloger[] = [asAny(osRelease), asAny(dpkg), asAny(apk)];
