import { lazy } from 'react';
import type { Extras } from '@/features/desk/extras';
import { isFollowed } from '@/features/fieldwork/followed';
import { withWords } from '@/ui/i18n';

const RecordFollowUps = lazy(() => withWords('followups', import('@/features/fieldwork/RecordFollowUps')));
const RecordConversations = lazy(() => withWords('conversations', import('@/features/conversations/RecordConversations')));
const RecordPlaybooks = lazy(() => withWords('playbooks', import('@/features/playbooks/RecordPlaybooks')));
const RecordSupport = lazy(() => withWords('support', import('@/features/support/RecordSupport')));
const RecordNurture = lazy(() => withWords('nurture', import('@/features/nurture/lead/RecordNurture')));
const WhyAssigned = lazy(() => withWords('routing', import('@/features/routing/WhyAssigned')));
const PhoneCheckHead = lazy(() => withWords('phonecheck', import('@/features/phonecheck/PhoneCheckHead')));
const EnrolDialog = lazy(() => withWords('nurture', import('@/features/nurture/lead/EnrolDialog')));

/** What capabilities above the desk show on its records. */
export const extras: Extras = {
  heads: [
    { key: 'routing', fits: (type) => type.key === 'lead', Part: WhyAssigned },
    { key: 'phonecheck', fits: (type) => type.key === 'contact', Part: PhoneCheckHead },
  ],
  tabs: [
    { key: 'followups', fits: (type) => isFollowed(type.key), Part: RecordFollowUps },
    { key: 'conversations', fits: (type) => ['customer', 'lead', 'deal'].includes(type.key), Part: RecordConversations },
    { key: 'playbooks', fits: (type) => ['deal', 'lead', 'customer'].includes(type.key), Part: RecordPlaybooks },
    { key: 'support', fits: (type) => isFollowed(type.key), Part: RecordSupport },
    { key: 'nurture', fits: (type) => type.key === 'lead', Part: RecordNurture },
  ],
  acts: [{ key: 'nurture', fits: (type) => type.key === 'lead' && type.can.edit !== 'none', Dialog: EnrolDialog }],
};
