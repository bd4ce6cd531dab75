import type { Act } from '../opportunity/opportunity-acts.js';
import { api, data, ifMatch, once, type Schemas } from './client.js';

/** Does something with a need or an offer; `key` is the same for each attempt. */
export function sendAct(entry: Schemas['Opportunity'], act: Act, key: string) {
  const params = { path: { id: entry.id }, header: { ...ifMatch(entry), ...once(key) } };
  switch (act) {
    case 'publish':
      return data(api.POST('/v1/opportunities/{id}/publish', { params, body: {} }));
    case 'hold':
      return data(api.POST('/v1/opportunities/{id}/hold', { params, body: {} }));
    case 'renew':
      return data(api.POST('/v1/opportunities/{id}/renew', { params, body: {} }));
    case 'archive':
      return data(api.POST('/v1/opportunities/{id}/archive', { params, body: {} }));
  }
}
