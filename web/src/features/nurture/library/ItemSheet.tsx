import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { NurtureItem, NurtureItemBody } from '@/api/types';
import { NamePair } from '@/features/nurture/NamePair';
import { completed } from '@/features/nurture/names';
import css from '@/features/nurture/Nurture.module.css';
import { useAddItem, useChangeItem } from '@/features/nurture/templates';
import { FilePick } from '@/ui/FilePick';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { bodyOf, itemKinds } from './item';

function Source({ url, file, onUrl, onFile }: { url: string; file: File | null; onUrl: (url: string) => void; onFile: (file: File | null) => void }) {
  const { t } = useTranslation('nurture');
  const [by, setBy] = useState<'file' | 'link'>('file');
  return (
    <div className={css.field}>
      <span>{t('library.source')}</span>
      <Segmented
        block
        aria-label={t('library.source')}
        value={by}
        options={(['file', 'link'] as const).map((one) => ({ value: one, label: t(`library.by.${one}`) }))}
        onChange={(next) => {
          setBy(next);
          onFile(null);
          onUrl('');
        }}
      />
      {by === 'file' ? (
        <label>
          <FilePick label={t('library.file')} names={file ? [file.name] : []} onFiles={([chosen]) => { onFile(chosen ?? null); }} />
        </label>
      ) : (
        <Input type="url" aria-label={t('library.url')} placeholder="https://" value={url} onChange={(event) => { onUrl(event.target.value); }} />
      )}
    </div>
  );
}

/** One thing that messages carry: what it is, where it lies, how it is found again. */
export function ItemSheet({ item, onClose }: { item: NurtureItem | null; onClose: () => void }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const say = useToast();
  const add = useAddItem();
  const change = useChangeItem(item?.id ?? 0);
  const [body, setBody] = useState(() => bodyOf(item));
  const [file, setFile] = useState<File | null>(null);
  const put = (part: Partial<NurtureItemBody>) => { setBody({ ...body, ...part }); };
  const isNamed = Object.values(body.title as Record<string, string>).some((text) => text.trim());
  const hasSource = item !== null || file !== null || Boolean(body.url);
  const answers = {
    onSuccess: () => {
      say('ok', t('saved', { ns: 'ui' }));
      onClose();
    },
    onError: (error: unknown) => { say('bad', problemOf(error)?.errors[0]?.message ?? problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
  };
  const store = () => {
    const whole = { ...body, title: completed(body.title) };
    if (!item) add.mutate({ item: whole, file }, answers);
    else change.mutate(item.file ? { ...whole, url: undefined } : whole, answers);
  };
  return (
    <Sheet
      title={item ? name(item.title) : t('library.add')}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          {item && (
            <Button onClick={() => { change.mutate({ is_archived: !item.is_archived }, answers); }}>{t(item.is_archived ? 'template.restore' : 'template.archive')}</Button>
          )}
          <span className="grow" />
          <Button type="primary" loading={add.isPending || change.isPending} disabled={!isNamed || !hasSource} onClick={store}>
            {t('save', { ns: 'ui' })}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        {!item && <Source url={body.url ?? ''} file={file} onUrl={(url) => { put({ url }); }} onFile={setFile} />}
        {item && !item.file && (
          <label>
            <span>{t('library.url')}</span>
            <Input type="url" value={body.url ?? ''} onChange={(event) => { put({ url: event.target.value }); }} />
          </label>
        )}
        <NamePair label={t('library.title')} value={body.title} onChange={(title) => { put({ title: title as NurtureItemBody['title'] }); }} />
        <div className={css.two}>
          <div className={css.field}>
            <span>{t('library.kind')}</span>
            <Select aria-label={t('library.kind')} value={body.kind} options={itemKinds.map((kind) => ({ value: kind, label: t(`library.kinds.${kind}`) }))} onChange={(kind) => { put({ kind }); }} />
          </div>
          <div className={css.field}>
            <span>{t('library.language')}</span>
            <Select
              aria-label={t('library.language')}
              value={body.language}
              options={(['', 'zh-CN', 'en-US'] as const).map((language) => ({ value: language, label: t(language ? `languages.${language}` : 'library.anyLanguage') }))}
              onChange={(language) => { put({ language }); }}
            />
          </div>
        </div>
        <label>
          <span>{t('template.topic')}</span>
          <Input maxLength={60} value={body.topic} onChange={(event) => { put({ topic: event.target.value }); }} />
        </label>
        <div className={css.field}>
          <span>{t('library.tags')}</span>
          <Select<string[]> mode="tags" open={false} suffixIcon={null} aria-label={t('library.tags')} placeholder={t('library.tagsHint')} tokenSeparators={[',', '，']} value={body.tags} onChange={(tags) => { put({ tags }); }} />
        </div>
      </div>
    </Sheet>
  );
}
