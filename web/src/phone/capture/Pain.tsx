import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isStock, lengthOf } from '@/features/fieldwork/standards';
import { useToast } from '@/ui/toast';
import phone from '@/phone/phone.module.css';
import type { Listening } from '@/phone/platform/platform';
import css from './capture.module.css';
import { thePlatform } from './whereabouts';

type Props = {
  title: string;
  value: string;
  most: number;
  phrases: readonly string[];
  ask: (purpose: string) => Promise<boolean>;
  onChange: (text: string) => void;
};

/** A short text, spoken or typed, with its length in characters and a hint when it says nothing. */
export function Pain({ title, value, most, phrases, ask, onChange }: Props) {
  const { t } = useTranslation('followups');
  const say = useToast();
  const [canSpeak, setCanSpeak] = useState(false);
  const [listening, setListening] = useState<Listening | null>(null);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    void thePlatform().then((platform) => {
      setCanSpeak(platform.voiceToText !== null);
    });
  }, []);
  const speak = async () => {
    if (listening) {
      listening.stop();
      return;
    }
    if (!(await ask('recordings'))) {
      say('info', t('pain.declined'));
      return;
    }
    const begun = (await thePlatform()).voiceToText?.();
    if (!begun) return;
    setListening(begun);
    begun.text
      .then((heard) => {
        if (heard) onChange(latest.current + heard);
      })
      .catch(() => {
        say('info', t('pain.noVoice'));
      })
      .finally(() => {
        setListening(null);
      });
  };
  const length = lengthOf(value);
  return (
    <section className={phone.panel}>
      <div className={css.head}>
        <h2>
          <label htmlFor={`text-${title}`}>{title}</label>
        </h2>
        <span className={css.count} data-over={length > most}>
          {length}/{most}
        </span>
      </div>
      <div className={css.line}>
        <textarea
          id={`text-${title}`}
          rows={3}
          value={value}
          placeholder={t(canSpeak ? 'pain.placeholder' : 'pain.dictate')}
          aria-describedby={`hint-${title}`}
          onChange={(event) => { onChange(event.target.value); }}
        />
        {canSpeak && (
          <button type="button" className={css.speak} aria-pressed={listening !== null} onClick={() => void speak()}>
            {t(listening ? 'pain.stop' : 'pain.speak')}
          </button>
        )}
        <p id={`hint-${title}`} className={css.hint}>
          {length > most ? t('pain.tooLong', { count: length - most }) : isStock(value, phrases) ? t('pain.vague') : ''}
        </p>
      </div>
    </section>
  );
}
