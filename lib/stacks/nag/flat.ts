/**
 * A value of a template as one line: `arn:<AWS::Partition>:ecr:…`, `<Bucket.Arn>/sha256/*`. cdk-nag names
 * its findings so, and docs/iam.md its resources.
 */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Join': joined, 'Fn::Sub': filled } = value as Record<string, unknown>;
  if (typeof ref === 'string') return `<${ref}>`;
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  if (typeof filled === 'string') return filled.replaceAll(/\$\{([^}]+)\}/gu, '<$1>');
  if (Array.isArray(joined)) {
    const [separator, parts] = joined as [string, readonly unknown[]];
    return parts.map(flat).join(separator);
  }
  return JSON.stringify(value);
}
