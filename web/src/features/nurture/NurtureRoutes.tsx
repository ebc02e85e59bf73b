import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';

const PathsPage = lazy(() => import('./PathsPage'));
const PathPage = lazy(() => import('./path/PathPage'));
const TemplatesPage = lazy(() => import('./template/TemplatesPage'));
const TemplatePage = lazy(() => import('./template/TemplatePage'));
const LibraryPage = lazy(() => import('./library/LibraryPage'));
const MessagesPage = lazy(() => import('./message/MessagesPage'));
const RulesPage = lazy(() => import('./rules/RulesPage'));
const RefusalsPage = lazy(() => import('./rules/RefusalsPage'));

/** The pages of nurturing. */
export default function NurtureRoutes() {
  return (
    <Routes>
      <Route path="" element={<PathsPage />} />
      <Route path="paths/:key" element={<PathPage />} />
      <Route path="templates" element={<TemplatesPage />} />
      <Route path="templates/:key" element={<TemplatePage />} />
      <Route path="library" element={<LibraryPage />} />
      <Route path="messages" element={<MessagesPage />} />
      <Route path="rules" element={<RulesPage />} />
      <Route path="refusals" element={<RefusalsPage />} />
      <Route path="*" element={<Navigate to="/nurture" replace />} />
    </Routes>
  );
}
