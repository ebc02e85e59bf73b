import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '@/ui/toast';
import css from './conversations.module.css';
import { canRecord, clockOf, useRecorder } from './recording';

type Props = { disabled: boolean; ask: () => Promise<boolean>; onRecorded: (file: File) => void };

/** Records a talk where it happens; whoever stops sends it, whoever discards keeps nothing. */
export function Recorder({ disabled, ask, onRecorded }: Props) {
  const { t } = useTranslation('conversations');
  const say = useToast();
  const [isStarting, setStarting] = useState(false);
  const recorder = useRecorder(t('record.title'), onRecorded);
  if (!canRecord()) return null;
  const begin = async () => {
    setStarting(true);
    try {
      if (await ask()) await recorder.start();
    } catch {
      say('bad', t('record.refused'));
    } finally {
      setStarting(false);
    }
  };
  if (recorder.seconds === null)
    return (
      <button type="button" className={css.button} disabled={disabled || isStarting} onClick={() => void begin()}>
        {t('record.start')}
      </button>
    );
  return (
    <span className={css.recording} role="group" aria-label={t('record.title')}>
      <span className={css.dot} aria-hidden="true" />
      <span className="num" role="timer">
        {clockOf(recorder.seconds)}
      </span>
      <button type="button" className={css.primary} onClick={recorder.stop}>
        {t('record.stop')}
      </button>
      <button type="button" className={css.button} onClick={recorder.discard}>
        {t('record.discard')}
      </button>
    </span>
  );
}
