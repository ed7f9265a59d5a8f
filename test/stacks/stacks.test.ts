/** One test file for all stacks: to load the CDK takes seconds, and each test file would load it anew. */
import './cavendish-stack.suite.ts';
import './evidence-bucket/evidence-bucket.suite.ts';
import './register-table/register-table.suite.ts';
