import { FileTextOutlined, LinkOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NurtureItem } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { NurtureTabs } from '@/features/nurture/NurtureTabs';
import { percent, shareOf } from '@/features/nurture/shares';
import { useLibrary } from '@/features/nurture/templates';
import { useTopic } from '@/features/nurture/topic';
import { useAddress } from '@/features/records/address';
import { Empty, Faces } from '@/ui/faces';
import { fileSize, number } from '@/ui/format';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import { itemKinds } from './item';
import { ItemSheet } from './ItemSheet';

function Card({ item, onOpen }: { item: NurtureItem; onOpen: () => void }) {
  const { t } = useTranslation('nurture');
  const name = useName();
  const topic = useTopic();
  return (
    <article className={css.card} aria-label={name(item.title)}>
      <h2>
        <button type="button" className={css.link} onClick={onOpen}>
          {name(item.title)}
        </button>
      </h2>
      <span className={css.pills}>
        <span className={css.pill}>{t(`library.kinds.${item.kind}`)}</span>
        {item.topic && <span className={css.pill}>{topic(item.topic)}</span>}
        {item.tags.map((tag) => (
          <span key={tag} className={css.pill}>
            {tag}
          </span>
        ))}
        {item.is_archived && <span className={css.pill} data-tone="warn">{t('template.archived')}</span>}
      </span>
      <p className="clip">
        {item.file ? (
          <a href={`/api/nurture/library/${item.id}/content`} target="_blank" rel="noreferrer">
            <FileTextOutlined aria-hidden /> {item.file.name} · {fileSize(item.file.size)}
          </a>
        ) : (
          <a href={item.url ?? ''} target="_blank" rel="noreferrer">
            <LinkOutlined aria-hidden /> {item.url}
          </a>
        )}
      </p>
      <p className="muted">
        {t('library.figures', { sent: number(item.sent), opened: percent(shareOf(item.opened, item.sent)), clicked: percent(shareOf(item.clicked, item.sent)) })}
      </p>
      {item.used_by.length > 0 && (
        <p>
          {t('template.usedBy')}：
          {item.used_by.map((template) => (
            <Link key={template.key} className={css.pill} to={`/nurture/templates/${template.key}`}>
              {name(template.name)}
            </Link>
          ))}
        </p>
      )}
    </article>
  );
}

/** What messages may carry: files and links, with how often they were sent and opened. */
export default function LibraryPage() {
  const { t } = useTranslation('nurture');
  const address = useAddress();
  const [text, setText] = useState('');
  const q = useRested(text);
  const kind = address.get('kind') as NurtureItem['kind'] | '';
  const items = useLibrary({ ...(q ? { q } : {}), ...(kind ? { kind } : {}) });
  const [opened, setOpened] = useState<NurtureItem | 'new' | null>(null);
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpened('new'); }}>
      {t('library.add')}
    </Button>
  );
  const isNarrowed = q !== '' || kind !== '';
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h1>{t('title')}</h1>
        <NurtureTabs value="library" />
        <span className={css.push}>{add}</span>
      </div>
      <div className={css.bar}>
        <Input.Search aria-label={t('library.search')} placeholder={t('library.search')} allowClear={false} style={{ maxWidth: 280 }} value={text} onChange={(event) => { setText(event.target.value); }} />
        <Select
          aria-label={t('library.kind')}
          style={{ minWidth: 130 }}
          value={kind}
          options={[{ value: '', label: t('library.kinds.all') }, ...itemKinds.map((one) => ({ value: one, label: t(`library.kinds.${one}`) }))]}
          onChange={(next: string) => { address.set({ kind: next || null }); }}
        />
      </div>
      <Faces query={items} rows={8} isEmpty={(list) => list.length === 0} empty={isNarrowed ? <Empty title={t('library.noneHere')} /> : <Empty title={t('library.none')} hint={t('library.noneHint')}>{add}</Empty>}>
        {(list) => (
          <div className={css.cards}>
            {list.map((item) => (
              <Card key={item.id} item={item} onOpen={() => { setOpened(item); }} />
            ))}
          </div>
        )}
      </Faces>
      {opened !== null && <ItemSheet key={opened === 'new' ? 'new' : opened.id} item={opened === 'new' ? null : opened} onClose={() => { setOpened(null); }} />}
    </div>
  );
}
