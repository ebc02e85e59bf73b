import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { PurposeAnswers } from '@/api/types';
import { Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { useAnswers, usePublish } from './admin';
import css from './privacy.module.css';

const languages = ['zh-CN', 'en-US'] as const;

function Editor({ row, onClose }: { row: PurposeAnswers; onClose: () => void }) {
  const { t } = useTranslation('privacy');
  const name = useName();
  const say = useToast();
  const publish = usePublish(row.key);
  const [words, setWords] = useState({
    name: { 'zh-CN': row.name['zh-CN'] ?? '', 'en-US': row.name['en-US'] ?? '' },
    text: { 'zh-CN': row.text['zh-CN'] ?? '', 'en-US': row.text['en-US'] ?? '' },
  });
  const isWhole = languages.every((one) => words.name[one].trim() && words.text[one].trim());
  return (
    <Sheet
      title={name(row.name)}
      onClose={onClose}
      footer={
        <Button
          type="primary"
          disabled={!isWhole}
          loading={publish.isPending}
          onClick={() => {
            publish.mutate(words, {
              onSuccess: () => {
                say('ok', t('purposes.published'));
                onClose();
              },
              onError: (error) => {
                say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
              },
            });
          }}
        >
          {t('purposes.publish')}
        </Button>
      }
    >
      <div className={css.form}>
        <p className="muted">{t('purposes.again')}</p>
        {languages.map((one) => (
          <fieldset key={one} className={css.words}>
            <legend>{t(`language.${one}`)}</legend>
            <label>
              {t('purposes.name')}
              <Input maxLength={200} value={words.name[one]} onChange={(event) => { setWords({ ...words, name: { ...words.name, [one]: event.target.value } }); }} />
            </label>
            <label>
              {t('purposes.text')}
              <Input.TextArea autoSize={{ minRows: 4 }} maxLength={2000} value={words.text[one]} onChange={(event) => { setWords({ ...words, text: { ...words.text, [one]: event.target.value } }); }} />
            </label>
          </fieldset>
        ))}
      </div>
    </Sheet>
  );
}

/** What people are told and asked, and how many said what to the words as they stand. */
export function Purposes() {
  const { t } = useTranslation('privacy');
  const name = useName();
  const answers = useAnswers();
  const [opened, setOpened] = useState<PurposeAnswers | null>(null);
  return (
    <Faces query={answers} rows={8}>
      {(rows) => (
        <>
          <p className="muted">{t('purposes.hint')}</p>
          {rows.map((row) => (
            <section key={row.key} className={css.card} aria-label={name(row.name)}>
              <header className={css.head}>
                <h2>{name(row.name)}</h2>
                <Button
                  size="small"
                  aria-label={t('purposes.edit', { name: name(row.name) })}
                  onClick={() => {
                    setOpened(row);
                  }}
                >
                  {t('purposes.change')}
                </Button>
              </header>
              <p>{name(row.text)}</p>
              <p className="muted">{t('purposes.version', { version: row.version, at: dateTime(row.published_at) })}</p>
              <dl className={css.figures}>
                {(['agreed', 'declined', 'silent'] as const).map((key) => (
                  <div key={key}>
                    <dt>{t(`purposes.${key}`)}</dt>
                    <dd>{row[key]}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          {opened && <Editor row={opened} onClose={() => { setOpened(null); }} />}
        </>
      )}
    </Faces>
  );
}
