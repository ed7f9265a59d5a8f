/**
 * What stands in for figures that nobody has given. A missing figure is not a low one.
 *
 * Derived from public data; docs/score.md has the derivations, and says when to revise them.
 */

/** EPSS: the mean over all 360,142 CVEs that FIRST scored on 2026-08-16 (model v5): 0.0283. */
export const EPSS_PRIOR = { score: 0.0283, percentile: 0.85 } as const;

/** CVSS: the mean base score of the 32,762 rated CVE records of CISA's Vulnrichment (2024-10-24), 6.74, rounded up. */
export const CVSS_PRIOR = 7;

/** Known to be exploited: evidence outranks a forecast (FIRST's guidance on KEV and EPSS). */
export const KEV_LIKELIHOOD = 0.9;

/** Known to be exploited by ransomware. */
export const RANSOMWARE_LIKELIHOOD = 0.95;
