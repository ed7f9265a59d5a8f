/** Which clusters and functions are which environment, as the stack tells it. */
import { type EnvironmentRules, environmentRulesSchema } from '../../lib/core/sightings/environments.ts';
import { type Environment, readSetting } from './environment.ts';

/** @throws CavendishError `wrong-use` where the setting is not what it should be */
export function readEnvironments(environment: Environment): EnvironmentRules {
  return readSetting(environment, 'sightings', environmentRulesSchema) ?? [];
}
