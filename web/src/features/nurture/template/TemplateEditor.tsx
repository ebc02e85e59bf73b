import { ArrowLeftOutlined, SendOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { NurtureCatalogue, NurtureTemplate } from '@/api/types';
import { ConflictNotice } from '@/features/nurture/ConflictNotice';
import css from '@/features/nurture/Nurture.module.css';
import { kindIcon } from '@/features/nurture/path/kindIcon';
import { useArchiveTemplate, useCheckTemplate, usePublishTemplate, useSaveTemplate, useTestSend } from '@/features/nurture/templates';
import { useDraft } from '@/features/nurture/useDraft';
import { useConfirm } from '@/ui/confirm';
import { useName } from '@/ui/names';
import { useRested } from '@/ui/rested';
import { Tabs } from '@/ui/Tabs';
import { useToast } from '@/ui/toast';
import { definitionOf, languages, sent, type Definition, type Language } from './definition';
import { TemplateFacts } from './TemplateFacts';
import { TemplateLook } from './TemplateLook';
import { TextFields } from './TextFields';

/** A text in both languages beside what its reader will see. */
export default function TemplateEditor({ template, catalogue }: { template: NurtureTemplate; catalogue: NurtureCatalogue }) {
  const { t, i18n } = useTranslation('nurture');
  const name = useName();
  const say = useToast();
  const confirm = useConfirm();
  const [definition, setDefinition] = useState(() => definitionOf(template));
  const [language, setLanguage] = useState<Language>(i18n.language === 'en-US' ? 'en-US' : 'zh-CN');
  const save = useSaveTemplate(template.key);
  const publish = usePublishTemplate(template.key);
  const test = useTestSend(template.key);
  const archive = useArchiveTemplate(template.key);
  const written = useMemo(() => sent(definition), [definition]);
  const rested = useRested(written, 300);
  const draft = useDraft<Definition>(written, template.revision, (next) => save.mutateAsync(next));
  const check = useCheckTemplate(template.key, rested);
  const problems = check.data?.problems ?? [];
  const todos = check.data?.todos ?? [];
  const isSound = check.isSuccess && !check.isPlaceholderData && problems.length === 0 && rested === written;
  const refused = (error: unknown) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); };
  const state = draft.state !== 'saved' ? t(`save.${draft.state}`) : template.has_draft ? t('save.saved') : t('save.unchanged');
  const ask = () => {
    confirm({
      title: t('template.publishTitle', { version: (template.versions[0]?.number ?? 0) + 1 }),
      text: t('template.publishHint'),
      ok: t('publish.yes'),
      run: async () => {
        await draft.flush();
        const published = await publish.mutateAsync();
        draft.rebase(published.revision);
        say('ok', t('publish.done', { version: published.version ?? 1 }));
      },
    });
  };
  const sendToMe = () => {
    test.mutate(
      { definition: written, language },
      {
        onSuccess: (result) => { say(result.is_sent ? 'ok' : 'bad', result.is_sent ? t('template.testSent') : (result.detail || result.reason || t('failed', { ns: 'ui' }))); },
        onError: refused,
      },
    );
  };
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <Link to="/nurture/templates" aria-label={t('tabs.templates')} className={css.back}>
          <ArrowLeftOutlined />
        </Link>
        <div className={css.title}>
          <h1 className="clip">
            {kindIcon(definition.channel)} {name(definition.name)}
          </h1>
          <small className={draft.state === 'failed' ? css.bad : 'muted'}>
            {template.version ? t('version', { version: template.version }) : t('neverPublished')} · <span role="status">{state}</span>
          </small>
        </div>
        <div className={css.tools}>
          <Button type="text" loading={archive.isPending} onClick={() => { archive.mutate(!template.is_archived, { onError: refused }); }}>
            {t(template.is_archived ? 'template.restore' : 'template.archive')}
          </Button>
          <Button icon={<SendOutlined />} loading={test.isPending} disabled={!isSound} onClick={sendToMe}>
            {t('template.test')}
          </Button>
          <Button type="primary" disabled={!isSound || (!template.has_draft && draft.state === 'saved') || draft.conflict !== null} onClick={ask}>
            {t('publish.yes')}
          </Button>
        </div>
      </header>
      <ConflictNotice conflict={draft.conflict} onTheirs={() => { location.reload(); }} onMine={() => void draft.overwrite()} />
      {problems.length > 0 && (
        <ul className={css.faults} role="status">
          {problems.map((problem) => (
            <li key={`${problem.code}${problem.path}`}>{problem.message}</li>
          ))}
        </ul>
      )}
      {todos.map((todo) => (
        <p key={todo.code} className={css.todos} role="status">
          {todo.message}
        </p>
      ))}
      <div className={css.builder}>
        <div className={css.form}>
          <section className={css.card}>
            <Tabs label={t('template.language')} tabs={languages.map((one) => ({ key: one, label: t(`languages.${one}`) }))} value={language} onChange={(key) => { setLanguage(key as Language); }} />
            <TextFields key={language} definition={definition} language={language} placeholders={catalogue.placeholders} onChange={setDefinition} />
          </section>
          <TemplateFacts template={template} placeholders={catalogue.placeholders} definition={definition} onChange={setDefinition} />
        </div>
        <section className={css.card} aria-label={t('template.preview')}>
          <h2>{t('template.preview')}</h2>
          <TemplateLook templateKey={template.key} channel={definition.channel} definition={rested} language={language} isSound={problems.length === 0 && check.isSuccess} />
        </section>
      </div>
    </div>
  );
}
