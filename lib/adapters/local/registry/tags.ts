/** Lists: `/v2/NAME/tags/list` and `/v2/_catalog`. */
import type { Handler } from './answer.ts';
import type { Catalogue } from './catalogue.ts';
import { Refusal } from './errors.ts';
import { repositoryOf } from './names.ts';
import { answerPage } from './paging.ts';

export function tagsHandler(catalogue: Catalogue): Handler {
  return async (call) => {
    const name = repositoryOf(call);
    if (!(await catalogue.has(name))) throw new Refusal('NAME_UNKNOWN', `there is no repository ${name}`);
    return answerPage(
      call,
      `/v2/${name}/tags/list`,
      (after, limit) => catalogue.tags(name, after, limit),
      (tags) => ({ name, tags }),
    );
  };
}

export function catalogHandler(catalogue: Catalogue): Handler {
  return (call) =>
    answerPage(
      call,
      '/v2/_catalog',
      (after, limit) => catalogue.repositories(after, limit),
      (repositories) => ({ repositories }),
    );
}
