import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { problemOf } from '@/api/problem';
import type { PlaybookContent, PlaybookEntry, PlaybookKind } from '@/api/types';
import { FilePick } from '@/ui/FilePick';
import { Sheet } from '@/ui/Sheet';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { PackEntries } from './PackEntries';
import css from './playbooks.module.css';
import { useFacets, usePropose } from './queries';

const empty: PlaybookContent = { title: {}, body: {}, tags: {}, phrases: [], pieces: [], entries: [] };
const languages = ['zh-CN', 'en-US'] as const;

/** Only what says something travels: an empty text is no text of that language. */
function filled(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim()));
}

/** Proposes an entry, or how one should read: texts, tags, a file; whoever manages it publishes. */
export default function EntryEditor({ entry, onClose }: { entry: PlaybookEntry | null; onClose: () => void }) {
  const { t } = useTranslation('playbooks');
  const name = useName();
  const say = useToast();
  const go = useNavigate();
  const facets = useFacets().data;
  const propose = usePropose();
  const [kind, setKind] = useState<PlaybookKind>(entry?.kind ?? 'talk_track');
  const [content, setContent] = useState<PlaybookContent>(() => entry?.draft?.content ?? entry?.content ?? empty);
  const [note, setNote] = useState(entry?.draft?.note ?? '');
  const [file, setFile] = useState<File | null>(null);
  const put = (part: Partial<PlaybookContent>) => { setContent((before) => ({ ...before, ...part })); };
  const title = content.title as Record<string, string>;
  const body = content.body as Record<string, string>;
  const tags = content.tags ?? {};
  const send = () => {
    const whole = { ...content, title: filled(title), body: filled(body) };
    propose.mutate(
      { id: entry?.id ?? null, kind, content: whole, note, revision: entry?.revision ?? 0, file },
      {
        onSuccess: (made) => {
          say('ok', t('proposed'));
          onClose();
          if (!entry) void go(`/playbooks/${made.id}`);
        },
        onError: (error) => { say('bad', problemOf(error)?.errors[0]?.message ?? problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
      },
    );
  };
  const pick = (facet: string) => (values: string[]) => { put({ tags: { ...tags, [facet]: values } }); };
  return (
    <Sheet
      title={entry ? t('editOf', { title: name(entry.title) }) : t('propose')}
      size={680}
      onClose={onClose}
      footer={
        <div className={css.actions}>
          <span className="grow muted">{t('proposeHint')}</span>
          <Button type="primary" loading={propose.isPending} disabled={!Object.values(title).some((text) => text.trim())} onClick={send}>
            {t('send')}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        <div className={css.field}>
          {t('kind')}
          <Select aria-label={t('kind')} disabled={entry !== null} value={kind} options={(facets?.kinds ?? []).map((one) => ({ value: one.key as PlaybookKind, label: name(one.name) }))} onChange={setKind} />
        </div>
        {languages.map((language) => (
          <div key={language} className={css.form}>
            <label>
              {t(`titleIn.${language}`)}
              <Input maxLength={200} value={title[language] ?? ''} onChange={(event) => { put({ title: { ...title, [language]: event.target.value } }); }} />
            </label>
            <label>
              {t(`bodyIn.${language}`)}
              <Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} maxLength={20000} value={body[language] ?? ''} onChange={(event) => { put({ body: { ...body, [language]: event.target.value } }); }} />
            </label>
          </div>
        ))}
        {kind === 'pack' && <PackEntries value={content.entries ?? []} onChange={(entries) => { put({ entries }); }} />}
        <div className={css.two}>
          {(facets?.facets ?? []).map((facet) => (
            <div key={facet.key} className={css.field}>
              {name(facet.name)}
              <Select<string[]> mode="multiple" showSearch={{ optionFilterProp: 'label' }} aria-label={name(facet.name)} value={tags[facet.key] ?? []} options={facet.values.map((one) => ({ value: one.key, label: name(one.name) }))} onChange={pick(facet.key)} />
            </div>
          ))}
          <div className={css.field}>
            {t('labels')}
            <Select<string[]> mode="tags" open={false} suffixIcon={null} aria-label={t('labels')} tokenSeparators={[',', '，']} value={tags['label'] ?? []} onChange={pick('label')} />
          </div>
          {facets?.can.manage && (
            <div className={css.field}>
              {t('phrases')}
              <Select<string[]> mode="tags" open={false} suffixIcon={null} aria-label={t('phrases')} tokenSeparators={[',', '，']} value={content.phrases ?? []} onChange={(phrases) => { put({ phrases }); }} />
            </div>
          )}
        </div>
        <label>
          {t('file')}
          <FilePick label={t('file')} names={file ? [file.name] : []} onFiles={([chosen]) => { setFile(chosen ?? null); }} />
        </label>
        <label>
          {t('note')}
          <Input maxLength={200} value={note} onChange={(event) => { setNote(event.target.value); }} />
        </label>
      </div>
    </Sheet>
  );
}
