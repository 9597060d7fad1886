import { useEffect } from 'react';
import { useHandles } from '../hooks/useHandles.ts';
import { useWorkbench } from '../hooks/useWorkbench.ts';

/** Lets projects keep where the camera is, and put it there again. */
export function useKeptCamera(): void {
  const handles = useHandles();
  const { projects } = useWorkbench();
  useEffect(() => {
    projects.camera = () => handles.atoms?.camera() ?? null;
    // The picture frames a new snapshot first.
    projects.showCamera = (camera) =>
      requestAnimationFrame(() => requestAnimationFrame(() => handles.atoms?.setCamera(camera)));
    return () => {
      projects.camera = () => null;
      projects.showCamera = () => {};
    };
  }, [handles, projects]);
}
