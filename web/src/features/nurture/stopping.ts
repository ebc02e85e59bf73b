import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { useToast } from '@/ui/toast';
import { useLeave } from './enrolments';

/** Taking a record off its path: the reason that is being typed, and sending it. */
export function useStopping(enrolment: { id: number }, onStopped: () => void) {
  const { t } = useTranslation('nurture');
  const say = useToast();
  const leave = useLeave();
  const [note, setNote] = useState('');
  const send = () => {
    leave.mutate(
      { id: enrolment.id, note: note.trim() },
      {
        onSuccess: () => {
          say('ok', t('lead.stopped'));
          onStopped();
        },
        onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  return { note, setNote, send, isSending: leave.isPending };
}
