/** A component as a bill of materials from elsewhere lists it. */
export interface ListedComponent {
  /** For people: its name, with the version where it says one. */
  readonly name: string;
  /** Its package URL, as written; null where it has none. */
  readonly purl: string | null;
  /** The source package that it says it is built from; advisories of a distribution speak of those. */
  readonly source: { readonly name: string; readonly version: string | null } | null;
}

/** `zlib1g@1:1.2.13`, `layer.tar` */
export function componentName(name: string, version: string | null): string {
  return version === null || version === '' ? name : `${name}@${version}`;
}
