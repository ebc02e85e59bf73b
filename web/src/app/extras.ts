import { lazy } from 'react';
import type { Extras } from '@/features/desk/extras';
import { withWords } from '@/ui/i18n';

const RecordNurture = lazy(() => withWords('nurture', import('@/features/nurture/lead/RecordNurture')));
const EnrolDialog = lazy(() => withWords('nurture', import('@/features/nurture/lead/EnrolDialog')));

/** What capabilities above the desk show on its records. */
export const extras: Extras = {
  tabs: [{ key: 'nurture', fits: (type) => type.key === 'lead', Part: RecordNurture }],
  acts: [{ key: 'nurture', fits: (type) => type.key === 'lead' && type.can.edit !== 'none', Dialog: EnrolDialog }],
};
