import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NurtureCatalogue, NurturePath } from '@/api/types';
import { ConflictNotice } from '@/features/nurture/ConflictNotice';
import css from '@/features/nurture/Nurture.module.css';
import { useCheckPath, usePathReport, usePublishPath, useSavePath } from '@/features/nurture/paths';
import { useDraft } from '@/features/nurture/useDraft';
import { useConfirm } from '@/ui/confirm';
import { useRested } from '@/ui/rested';
import { useToast } from '@/ui/toast';
import { Leaves, WouldStart } from './Beside';
import { Canvas } from './Canvas';
import { definitionOf, sent, type Definition } from './definition';
import type { Editing, Figure } from './editing';
import { FigureSheet } from './FigureSheet';
import { PathBar, type Panel } from './PathBar';
import { PathFigures } from './PathFigures';
import { figuresOf } from './reading';
import { change, faultsByPlace, move, placeOf, stepOf, todosByStep } from './steps';
import { usePathEditor } from './usePathEditor';
import { useStepWords } from './useStepWords';

const StepSheet = lazy(() => import('./StepSheet'));
const RulesSheet = lazy(() => import('./RulesSheet'));
const PreviewSheet = lazy(() => import('./PreviewSheet'));
const RenameDialog = lazy(() => import('./RenameDialog'));
const VersionsSheet = lazy(() => import('./VersionsSheet'));
const noMarks: Editing['marks'] = new Map();

/** The path as it is written: kept by itself, checked at its place, rehearsed, published. */
export default function PathEditor({ path, catalogue }: { path: NurturePath; catalogue: NurtureCatalogue }) {
  const { t } = useTranslation('nurture');
  const say = useToast();
  const confirm = useConfirm();
  const cache = useQueryClient();
  const first = useMemo(
    () => definitionOf(path),
    // The editor keeps what is written from here on; a saved draft must not begin it anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [path.key],
  );
  const onRemoved = useCallback(
    (undo: () => void) => { say('info', t('editor.removed'), { label: t('editor.undo'), run: undo }); },
    [say, t],
  );
  const editor = usePathEditor(first, onRemoved);
  const { definition } = editor;
  const [panel, setPanel] = useState<Panel | null>(null);
  const [figure, setFigure] = useState<Figure | null>(null);
  const written = useMemo(() => sent(definition), [definition]);
  const save = useSavePath(path.key);
  const publish = usePublishPath(path.key);
  const draft = useDraft<Definition>(written, path.revision, (next) => save.mutateAsync(next));
  const rested = useRested(written, 300);
  const check = useCheckPath(path.key, rested);
  const report = usePathReport(path.key, path.version, path.version !== null);
  const problems = useMemo(() => check.data?.problems ?? [], [check.data]);
  const faults = useMemo(() => faultsByPlace(definition.steps, problems), [definition.steps, problems]);
  const todos = useMemo(() => check.data?.todos ?? [], [check.data]);
  const words = useStepWords(definition, catalogue);
  const isSound = check.isSuccess && !check.isPlaceholderData && problems.length === 0 && rested === written;
  const hasDraft = path.has_draft || draft.state !== 'saved';
  const close = () => { setPanel(null); };
  const editing: Editing = {
    definition,
    act: editor.act,
    opened: editor.opened,
    picked: editor.picked,
    faults,
    todos: todosByStep(todos),
    words,
    figures: figuresOf(report.data),
    onFigure: setFigure,
    marks: noMarks,
  };
  const ask = () => {
    confirm({
      title: t('publish.title', { version: (path.versions[0]?.number ?? 0) + 1 }),
      text: [t(path.version === null ? 'publish.firstHint' : 'publish.hint'), todos.length > 0 && t('publish.skipped', { count: new Set(todos.map((todo) => todo.step)).size })].filter(Boolean).join(' '),
      ok: t('publish.yes'),
      run: async () => {
        await draft.flush();
        const published = await publish.mutateAsync();
        draft.rebase(published.revision);
        say('ok', t('publish.done', { version: published.version ?? 1 }));
      },
    });
  };
  const opened = editor.opened ? stepOf(definition.steps, editor.opened) : undefined;
  return (
    <div className={css.page}>
      <PathBar
        path={path}
        definition={definition}
        saving={draft.state}
        faults={problems.map((problem) => ({ place: placeOf(definition.steps, problem.path), message: problem.message }))}
        todos={todos.map((todo) => ({ place: todo.step ?? '', message: todo.message }))}
        undo={editor.undo}
        redo={editor.redo}
        mayChange
        mayPublish={isSound && hasDraft && !draft.conflict}
        onPublish={ask}
        onOpen={setPanel}
        onFault={editor.act.open}
      />
      <ConflictNotice
        conflict={draft.conflict}
        onTheirs={() => { void cache.invalidateQueries({ queryKey: ['nurture', 'paths', path.key] }).then(() => { location.reload(); }); }}
        onMine={() => void draft.overwrite()}
      />
      <div className={css.editor}>
        <Canvas editing={editing} onMove={(key, slot) => { editor.setSteps((before) => move(before, key, slot)); }} />
        <aside className={css.side}>
          <WouldStart pathKey={path.key} definition={rested} isSound={problems.length === 0 && check.isSuccess} onOpen={() => { setPanel('preview'); }} />
          <Leaves definition={definition} words={words} faults={faults.get('leaves') ?? []} onOpen={() => { editor.act.open('leaves'); }} />
          {report.data && report.data.started > 0 && <PathFigures path={path.key} report={report.data} />}
        </aside>
      </div>
      <Suspense fallback={null}>
        {opened && (
          <StepSheet
            key={opened.key}
            step={opened}
            steps={definition.steps}
            faults={faults.get(opened.key) ?? []}
            catalogue={catalogue}
            onChange={(part) => { editor.setSteps((before) => change(before, opened.key, part)); }}
            onRemove={() => { editor.act.remove(opened.key); }}
            onClose={editor.close}
          />
        )}
        {(editor.opened === 'starts' || editor.opened === 'leaves') && (
          <RulesSheet part={editor.opened} definition={definition} faults={faults.get(editor.opened) ?? []} catalogue={catalogue} onChange={editor.set} onClose={editor.close} />
        )}
        {panel === 'preview' && <PreviewSheet pathKey={path.key} definition={rested} onClose={close} />}
        {panel === 'name' && <RenameDialog name={definition.name} onChange={(name) => { editor.set({ name }); }} onClose={close} />}
        {panel === 'versions' && <VersionsSheet path={path} draft={hasDraft ? { definition: written, words } : null} onClose={close} onTake={(taken) => { editor.set({ starts: taken.starts, leaves: taken.leaves, steps: taken.steps }); }} />}
      </Suspense>
      {figure && <FigureSheet path={path.key} version={path.version} figure={figure} onClose={() => { setFigure(null); }} />}
    </div>
  );
}
