/** One test file for all stacks: to load the CDK takes seconds, and each test file would load it anew. */
import './alarms/alarms.suite.ts';
import './api/api.suite.ts';
import './announcements/announcements.suite.ts';
import './cavendish-stack.suite.ts';
import './config/config.suite.ts';
import './evidence-bucket/evidence-bucket.suite.ts';
import './iam/iam.suite.ts';
import './nag/nag.suite.ts';
import './register-table/register-table.suite.ts';
import './registry-events/registry-events.suite.ts';
import './schedules/schedules.suite.ts';
import './sightings/sightings.suite.ts';
import './timers/timers.suite.ts';
import './work-queues/work-queues.suite.ts';
import './worker/worker.suite.ts';
