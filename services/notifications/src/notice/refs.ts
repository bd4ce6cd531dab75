import type { Notice } from '#libs/contracts';
import { isAboutInterest } from './causes.js';
import type { NoticeEntity } from './notice.entity.js';

/** What a notice is about, by id. `suggestionId` where another one than its own is meant. */
export function refsOf(notice: NoticeEntity, suggestionId = notice.suggestionId): Notice['refs'] {
  return {
    ...(notice.opportunityId ? { opportunityId: notice.opportunityId } : {}),
    ...(suggestionId ? { suggestionId } : {}),
    ...(isAboutInterest(notice) ? { interestId: notice.aboutId } : {}),
    ...(notice.kind === 'help-answered' ? { helpRequestId: notice.aboutId } : {}),
    ...(notice.kind === 'alert-hit' ? { alertId: notice.aboutId } : {}),
    ...(notice.kind === 'webhook-disabled' ? { webhookId: notice.aboutId } : {}),
  };
}
