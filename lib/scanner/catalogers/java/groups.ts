/**
 * Groups of well-known artifacts whose builds leave no `pom.properties` (most are built by Gradle or
 * Ant). Facts of Maven Central.
 */

/** Main attributes of a manifest, by name in lower case. */
export type Manifest = ReadonlyMap<string, string>;

const SPRING =
  /^spring-(?:aop|aspects|beans|context|context-indexer|context-support|core|expression|instrument|jcl|jdbc|jms|messaging|orm|oxm|r2dbc|test|tx|web|webflux|webmvc|websocket)$/u;

const GROUPS: readonly (readonly [artifact: RegExp, group: string])[] = [
  [SPRING, 'org.springframework'],
  [/^spring-boot(?:-[a-z0-9-]+)?$/u, 'org.springframework.boot'],
  [/^spring-security-[a-z0-9-]+$/u, 'org.springframework.security'],
  [/^spring-integration-[a-z0-9-]+$/u, 'org.springframework.integration'],
  [/^spring-kafka$/u, 'org.springframework.kafka'],
  [/^tomcat-embed-[a-z-]+$/u, 'org.apache.tomcat.embed'],
  [/^tomcat-(?:annotations-api|jdbc|juli)$/u, 'org.apache.tomcat'],
  [/^kotlin-(?:reflect|stdlib(?:-common|-jdk[78])?)$/u, 'org.jetbrains.kotlin'],
  [/^kotlinx-coroutines-[a-z0-9-]+$/u, 'org.jetbrains.kotlinx'],
  [/^okhttp$/u, 'com.squareup.okhttp3'],
  [/^okio(?:-jvm)?$/u, 'com.squareup.okio'],
  [/^grpc-[a-z0-9-]+$/u, 'io.grpc'],
  [/^reactor-core$/u, 'io.projectreactor'],
  [/^reactor-netty(?:-[a-z]+)?$/u, 'io.projectreactor.netty'],
  [/^micrometer-[a-z0-9-]+$/u, 'io.micrometer'],
  [/^kafka(?:-clients|-streams|_2\.\d+)$/u, 'org.apache.kafka'],
  [/^lucene-[a-z-]+$/u, 'org.apache.lucene'],
  [/^elasticsearch(?:-[a-z-]+)?$/u, 'org.elasticsearch'],
  [/^bc(?:mail|pg|pkix|prov|tls|util)-(?:jdk|fips|lts)[a-z0-9-]*$/u, 'org.bouncycastle'],
  [/^h2$/u, 'com.h2database'],
  [/^postgresql$/u, 'org.postgresql'],
];

/** Libraries of Tomcat as it is distributed: without a version in their names. */
const TOMCAT: ReadonlySet<string> = new Set([
  'catalina',
  'catalina-ant',
  'catalina-ha',
  'coyote',
  'jasper',
  'jasper-el',
  'websocket',
]);

/** The coordinates of a well-known artifact, but its version. */
export function groupOf(name: string, manifest: Manifest): { group: string; artifact: string } | null {
  const title = manifest.get('implementation-title');
  if (title === 'Apache Tomcat' && TOMCAT.has(name)) {
    return { group: 'org.apache.tomcat', artifact: name.startsWith('tomcat-') ? name : `tomcat-${name}` };
  }
  const artifact = title !== undefined && known(title) !== null ? title : name;
  const group = known(artifact);
  return group === null ? null : { group, artifact };
}

function known(artifact: string): string | null {
  return GROUPS.find(([pattern]) => pattern.test(artifact))?.[1] ?? null;
}
