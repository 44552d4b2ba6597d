@echo off
rem The harmony command. Builds the project once if nothing is built, then runs cli\target\harmony.jar.
setlocal

set "home=%~dp0"
set "jar=%home%cli\target\harmony.jar"
if not exist "%jar%" (
  >&2 echo harmony: building once; this takes about a minute
  pushd "%home%"
  call .\mvnw.cmd -q -B -T 2 -pl cli -am -DskipTests -Dcompiler.checks=-nowarn -Dspotless.check.skip package >&2
  popd
)
if not exist "%jar%" exit /b 1

set "java="
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if not defined java for %%j in (java.exe) do set "java=%%~$PATH:j"
if not exist "%java%" (
  >&2 echo harmony: expected java in JAVA_HOME or PATH but found none; install a JDK 17 or later
  exit /b 1
)

rem The engine's vector kernels need JDK 25 and a module that Java adds only when it is asked to.
set "vectors="
for %%c in (generate chat serve model bench) do if "%~1"=="%%c" call :vectors

rem The serial collector starts fastest; a command that makes much in several threads is held up by it.
set "collector=-XX:+UseSerialGC"
if "%~1"=="dataset" set "collector=-XX:+UseParallelGC"
if "%~1 %~2"=="bench dataset" set "collector=-XX:+UseParallelGC"

rem The optimizing compiler costs a short command more than it gains. What may get long texts has it for code that runs ten times as often as usual.
set "compiler="
set "first=%~1"
if not defined first set "compiler=-XX:TieredStopAtLevel=1"
if "%first:~0,1%"=="-" set "compiler=-XX:TieredStopAtLevel=1"
for %%c in (render parse convert lint grammar) do if "%~1"=="%%c" set "compiler=-XX:TieredStopAtLevel=1"
for %%c in (tokenize count decode compact import) do if "%~1"=="%%c" set "compiler=-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000"

rem Classes as they lie in memory, which the build has kept. Another Java than the build's loads them from the jars, and would say so.
set "archive="
if exist "%home%cli\target\harmony.jsa" set archive="-XX:SharedArchiveFile=%home%cli\target\harmony.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off

"%java%" %collector% %compiler% %vectors% %archive% -jar "%jar%" %*
exit /b %errorlevel%

:vectors
set "version="
for %%j in ("%java%") do set "release=%%~dpj..\release"
if not exist "%release%" exit /b
for /f "usebackq tokens=1,2 delims==." %%k in ("%release%") do if "%%k"=="JAVA_VERSION" set "version=%%l"
if not defined version exit /b
rem What is left of "25.0.3" has a quotation mark.
set "version=%version:"=%"
if %version% geq 25 set "vectors=--add-modules jdk.incubator.vector"
exit /b
