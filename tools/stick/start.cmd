@echo off
chcp 65001 > nul & pushd "%~dp0"
where node > nul 2> nul || (echo Node is not here. The page needs none: double-click loopscope.en.html or loopscope.zh.html & pause & exit /b 1)
if not "%~1"=="" (node node_modules\loopscope\bin\loopscope.js %* & exit /b)
cmd /k node node_modules\loopscope\bin\loopscope.js lesson --route alone
