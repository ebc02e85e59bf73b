import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Site } from '@/api/types';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import css from './Tracking.module.css';
import { useChangeSite, useCreateSite } from './sites';

const languages = ['zh-CN', 'en-US'] as const;

/** A site's name, addresses and consent. */
export default function SiteSheet({ site, onClose }: { site: Site | null; onClose: () => void }) {
  const { t } = useTranslation('behaviour');
  const say = useToast();
  const create = useCreateSite();
  const change = useChangeSite(site?.key ?? '');
  const [key, setKey] = useState(site?.key ?? '');
  const [name, setName] = useState(site?.name ?? '');
  const [origins, setOrigins] = useState((site?.origins ?? []).join('\n'));
  const [asks, setAsks] = useState(site?.asks_consent ?? true);
  const [respects, setRespects] = useState(site?.respects_dnt ?? true);
  const [text, setText] = useState<Record<string, string>>(site?.consent_text ?? {});
  const values = {
    name: name.trim(),
    origins: origins.split(/\s+/).filter(Boolean),
    asks_consent: asks,
    respects_dnt: respects,
    consent_text: text,
  };
  const done = {
    onSuccess: () => {
      say('ok', t('saved', { ns: 'ui' }));
      onClose();
    },
    onError: (error: unknown) => {
      say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
    },
  };
  const isReady = values.name !== '' && values.origins.length > 0 && /^[a-z][a-z0-9_-]*$/.test(key);
  return (
    <Sheet
      title={site ? t('site.edit', { name: site.name }) : t('site.add')}
      onClose={onClose}
      footer={
        <Button
          type="primary"
          disabled={!isReady}
          loading={create.isPending || change.isPending}
          onClick={() => {
            if (site) change.mutate(values, done);
            else create.mutate({ key, ...values }, done);
          }}
        >
          {t('save', { ns: 'ui' })}
        </Button>
      }
    >
      <div className={css.form}>
        <label>
          {t('site.name')}
          <Input maxLength={60} value={name} onChange={(event) => { setName(event.target.value); }} />
        </label>
        {!site && (
          <label>
            {t('site.key')}
            <Input maxLength={40} value={key} placeholder="www" onChange={(event) => { setKey(event.target.value); }} />
          </label>
        )}
        <label>
          {t('site.origins')}
          <Input.TextArea rows={3} value={origins} placeholder="https://www.example.com" onChange={(event) => { setOrigins(event.target.value); }} />
        </label>
        <p className="muted">{t('site.originsHint')}</p>
        <Checkbox checked={asks} onChange={(event) => { setAsks(event.target.checked); }}>
          {t('site.asks')}
        </Checkbox>
        {asks &&
          languages.map((language) => (
            <label key={language}>
              {t(`site.consent.${language}`)}
              <Input.TextArea
                rows={2}
                maxLength={400}
                value={text[language] ?? ''}
                onChange={(event) => {
                  setText({ ...text, [language]: event.target.value });
                }}
              />
            </label>
          ))}
        <Checkbox checked={respects} onChange={(event) => { setRespects(event.target.checked); }}>
          {t('site.dnt')}
        </Checkbox>
      </div>
    </Sheet>
  );
}
